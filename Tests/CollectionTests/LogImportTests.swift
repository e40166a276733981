import Telemetry
import Testing

@testable import Collection

@Suite struct LogImportTests {
  private static let labels = #"{"status":"success","data":["app","pod"]}"#
  private static let table = """
    {"labels.json":{"api":"/loki/api/v1/labels"},
     "a.json":{"api":"/loki/api/v1/query_range","query":"{app=\\"x\\"}","limit":50,
       "start":100000000000,"end":200000000000,"direction":"forward"},
     "b.json":{"api":"/loki/api/v1/query_range","query":"{app=\\"x\\"} |= \\"e\\"","limit":50,
       "start":100000000000,"end":200000000000,"direction":"forward"},
     "parsed.json":{"api":"/loki/api/v1/query_range","query":"{app=\\"x\\"} | logfmt","limit":50,
       "start":100000000000,"end":200000000000,"direction":"forward"}}
    """

  @Test func `structured metadata does not split a pod into streams`() throws {
    let imported = try Imported([
      "queries.json": Self.table, "labels.json": Self.labels,
      "a.json": Body.streams(
        Body.stream(["app": "x", "pod": "p", "trace_id": "1"], [(101, "one")]),
        Body.stream(["app": "x", "pod": "p", "trace_id": "2"], [(100, "two")])),
    ])
    #expect(imported.items("logs/streams.json") == [#"{"app":"x","pod":"p"}"#])
    #expect(
      imported.logLines == [
        #"{"t":"100000000000","s":0,"m":"two","x":{"trace_id":"2"}}"#,
        #"{"t":"101000000000","s":0,"m":"one","x":{"trace_id":"1"}}"#,
      ])
    #expect(imported.export.volume.lines == 2)
  }

  @Test func `without lists the names and values of labels decide`() throws {
    let streams = (0..<30).map { number in
      Body.stream(
        ["app": "x", "level": "info", "request": "r\(number)", "trace_id": "t"],
        [(100 + number, "line")])
    }
    let body =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":["
      + streams.joined(separator: ",") + "]}}"
    let imported = try Imported(["a.json": body])
    #expect(imported.items("logs/streams.json") == [#"{"app":"x","level":"info"}"#])
    #expect(imported.logLines.first?.contains(#""x":{"request":"r0","trace_id":"t"}"#) == true)
  }

  @Test func `a line that two queries return counts once, with the richer metadata`() throws {
    let imported = try Imported([
      "queries.json": Self.table, "labels.json": Self.labels,
      "a.json": Body.streams(
        Body.stream(["app": "x", "pod": "p"], [(100, "e"), (101, "fine")])),
      "b.json": Body.streams(
        Body.stream(["app": "x", "pod": "p", "detected_level": "error"], [(100, "e")])),
    ])
    #expect(
      imported.logLines == [
        #"{"t":"100000000000","s":0,"m":"e","x":{"detected_level":"error"}}"#,
        #"{"t":"101000000000","s":0,"m":"fine"}"#,
      ])
    #expect(imported.outcome("a.json") == .used)
  }

  @Test func `a filtered answer of lines that are all there is a duplicate`() throws {
    let imported = try Imported([
      "queries.json": Self.table, "labels.json": Self.labels,
      "a.json": Body.streams(Body.stream(["app": "x", "pod": "p"], [(100, "e"), (101, "f")])),
      "b.json": Body.streams(Body.stream(["app": "x", "pod": "p"], [(100, "e")])),
    ])
    #expect(imported.outcome("b.json") == .duplicate)
    #expect(imported.input("b.json")?.entries == ["logs/part-000000.jsonl"])
  }

  @Test func `real repeats within one answer are kept`() throws {
    let imported = try Imported([
      "queries.json": Self.table, "labels.json": Self.labels,
      "a.json": Body.streams(Body.stream(["app": "x"], [(100, "e"), (100, "e"), (100, "e")])),
      "b.json": Body.streams(Body.stream(["app": "x"], [(100, "e"), (100, "e")])),
    ])
    #expect(imported.export.volume.lines == 3)
  }

  @Test func `repeats with different metadata survive a poorer copy`() throws {
    let imported = try Imported([
      "queries.json": Self.table, "labels.json": Self.labels,
      "a.json": Body.streams(
        Body.stream(["app": "x", "trace_id": "1"], [(100, "e")]),
        Body.stream(["app": "x", "trace_id": "2"], [(100, "e")])),
      "b.json": Body.streams(Body.stream(["app": "x"], [(100, "e"), (100, "e")])),
    ])
    #expect(
      imported.logLines == [
        #"{"t":"100000000000","s":0,"m":"e","x":{"trace_id":"1"}}"#,
        #"{"t":"100000000000","s":0,"m":"e","x":{"trace_id":"2"}}"#,
      ])
  }

  @Test func `the same line in two streams stays two lines`() throws {
    let imported = try Imported([
      "queries.json": Self.table, "labels.json": Self.labels,
      "a.json": Body.streams(
        Body.stream(["app": "x", "pod": "p"], [(100, "e")]),
        Body.stream(["app": "x", "pod": "q"], [(100, "e")])),
    ])
    #expect(imported.export.volume.lines == 2)
    #expect(imported.export.volume.streams == 2)
  }

  @Test func `labels that a parser extracted are not kept`() throws {
    let imported = try Imported([
      "queries.json": Self.table, "labels.json": Self.labels,
      "parsed.json": Body.streams(
        Body.stream(
          ["app": "x", "detected_level": "warn", "level": "warn", "took": "5"],
          [(100, "level=warn took=5")])),
    ])
    #expect(imported.items("logs/streams.json") == [#"{"app":"x"}"#])
    #expect(
      imported.logLines == [
        #"{"t":"100000000000","s":0,"m":"level=warn took=5","x":{"detected_level":"warn"}}"#
      ])
  }

  @Test func `categorised answers say themselves what is metadata`() throws {
    let imported = try Imported([
      "a.json": Body.streams(
        #"{"stream":{"app":"x","odd":"1"},"values":[["100000000000","e","#
          + #"{"structuredMetadata":{"k":"v"},"parsed":{"level":"x"}}]]}"#,
        flags: "categorize-labels")
    ])
    #expect(imported.items("logs/streams.json") == [#"{"app":"x","odd":"1"}"#])
    #expect(imported.logLines == [#"{"t":"100000000000","s":0,"m":"e","x":{"k":"v"}}"#])
  }

  @Test func `lines that a query rewrote are a recorded answer`() throws {
    let imported = try Imported(
      [
        "queries.json": """
        {"f.json":{"api":"/loki/api/v1/query_range","query":"{app=\\"x\\"} | line_format \\"y\\""}}
        """,
        "f.json": Body.streams(Body.stream(["app": "x"], [(100, "y")])),
      ], window: window(50, 150))
    #expect(imported.outcome("f.json") == .recordedAnswer)
    #expect(imported.export.volume.lines == 0)
    #expect(imported.paths == ["answers/log-0001-app-x-line-format-y.json"])
  }

  @Test func `lines of logcli are read and bad ones counted`() throws {
    let imported = try Imported([
      "x.jsonl": """
      {"labels":{"app":"x"},"line":"one","timestamp":"1970-01-01T01:01:40+01:00"}
      {"labels":{"app":"x"},"line":"broken
      {"labels":{"app":"x"},"line":"two","timestamp":"1970-01-01T00:01:41.5Z"}

      """
    ])
    #expect(
      imported.logLines == [
        #"{"t":"100000000000","s":0,"m":"one"}"#, #"{"t":"101500000000","s":0,"m":"two"}"#,
      ])
    #expect(imported.gaps(.malformed).first?.detail.hasPrefix("1 lines") == true)
  }

  @Test func `a plain log keeps stack traces with their line`() throws {
    let imported = try Imported(
      [
        "ns/shop/pay-1/app.log": """
        2026-11-22T22:50:30Z ERROR boom
        java.lang.OutOfMemoryError
        \tat Main.run
        2026-11-22T22:50:31Z INFO next

        """,
        "other.json": Body.matrix(#"{"metric":{"__name__":"up"},"values":[[1795387830,"1"]]}"#),
      ], window: window(1_795_387_830, 1_795_387_900))
    #expect(
      imported.items("logs/streams.json") == [
        #"{"container":"app","filename":"ns/shop/pay-1/app.log","namespace":"shop","pod":"pay-1"}"#
      ])
    #expect(imported.logLines.count == 2)
    #expect(
      imported.logLines.first
        == #"{"t":"1795387830000000000","s":0,"m":"2026-11-22T22:50:30Z ERROR boom\n"#
        + #"java.lang.OutOfMemoryError\n\tat Main.run"}"#)
  }

  @Test func `parts of a container runtime's line are joined`() throws {
    let imported = try Imported([
      "a.log": """
      2026-11-22T22:50:30Z stdout P first and
      2026-11-22T22:50:30Z stdout F  second
      2026-11-22T22:50:31Z stderr F third

      """
    ])
    #expect(
      imported.logLines == [
        #"{"t":"1795387830000000000","s":0,"m":"first and second"}"#,
        #"{"t":"1795387831000000000","s":0,"m":"third"}"#,
      ])
  }

  @Test func `times without a year take it from the window`() throws {
    let imported = try Imported(
      ["sys.log": "Nov 22 22:50:30 node kubelet: a\nNov 22 22:50:31 node kubelet: b\n"],
      window: window(1_795_387_800, 1_795_387_900))
    #expect(imported.export.volume.lines == 2)
    #expect(imported.logLines.first?.hasPrefix(#"{"t":"1795387830000000000""#) == true)
  }

  @Test func `a single JSON line with a time is a log too`() throws {
    let imported = try Imported(["a.log": "{\"ts\":1795387830,\"msg\":\"a\"}\n"])
    #expect(imported.export.volume.lines == 1)
  }

  @Test func `JSON lines with a time are a log`() throws {
    let imported = try Imported([
      "a.log": """
      {"ts":1795387830.5,"msg":"a"}
      {"ts":1795387831.5,"msg":"b"}

      """
    ])
    #expect(imported.export.volume.lines == 2)
  }

  @Test func `lines at one instant are sorted and each part says its span`() throws {
    let imported = try Imported([
      "queries.json": Self.table, "labels.json": Self.labels,
      "a.json": Body.streams(Body.stream(["app": "x"], [(100, "b"), (100, "a"), (150, "c")])),
    ])
    #expect(imported.logLines.first?.contains(#""m":"a""#) == true)
    let part = try #require(imported.entries["logs/part-000000.jsonl"])
    #expect(part.records == 3)
    #expect(part.firstTime == Timestamp(seconds: 100))
    #expect(part.lastTime == Timestamp(seconds: 150))
  }
}
