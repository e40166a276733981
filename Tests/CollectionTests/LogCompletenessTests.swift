import Telemetry
import Testing

@testable import Collection

@Suite struct LogCompletenessTests {
  @Test func `a full page that is not continued loses evidence`() throws {
    let imported = try imported(["p0": page(start: 100, limit: 2, lines: [100, 110])])
    let gap = try #require(imported.gaps(.capped).first)
    #expect(gap.losesEvidence)
    #expect(gap.range?.start == Timestamp(nanoseconds: 110_000_000_001))
    #expect(imported.export.coverage == .partial)
  }

  @Test func `pages that go on leave no gap`() throws {
    let imported = try imported([
      "p0": page(start: 100, limit: 2, lines: [100, 110]),
      "p1": page(start: 110, offset: 1, limit: 2, lines: [120, 130]),
      "p2": page(start: 130, offset: 1, limit: 2, lines: [140]),
    ])
    #expect(imported.gaps(.capped).isEmpty)
    #expect(imported.gaps(.saturatedNanosecond).isEmpty)
  }

  @Test func `a hole between pages loses evidence`() throws {
    let imported = try imported([
      "p0": page(start: 100, limit: 2, lines: [100, 110]),
      "p1": page(start: 120, limit: 2, lines: [125]),
    ])
    #expect(imported.gaps(.capped).map(\.losesEvidence) == [true])
  }

  @Test func `a capped filter loses nothing when its streams are complete`() throws {
    let imported = try imported([
      "all": page(start: 100, limit: 50, lines: [100, 110, 120]),
      "errors": page(
        "{app=~\"x|y\"} |~ \"err\"", start: 100, limit: 1, lines: [120], direction: "backward"),
    ])
    #expect(imported.gaps(.capped).map(\.losesEvidence) == [false])
    #expect(imported.export.coverage != .insufficient)
  }

  @Test func `several lines in the last nanosecond of a full page may hide more`() throws {
    let imported = try imported([
      "p0": page(start: 100, limit: 3, lines: [100, 110, 110]),
      "p1": page(start: 110, offset: 1, limit: 3, lines: [120]),
    ])
    #expect(imported.gaps(.saturatedNanosecond).count == 1)
  }

  @Test func `a page that starts at the last time hides nothing`() throws {
    let imported = try imported([
      "p0": page(start: 100, limit: 3, lines: [100, 110, 110]),
      "p1": page(start: 110, limit: 3, lines: [110, 110]),
    ])
    #expect(imported.gaps(.saturatedNanosecond).isEmpty)
    #expect(imported.export.volume.lines == 3)
  }

  @Test func `fewer lines than Loki counted is a mismatch`() throws {
    let counts = """
      {"status":"success","data":{"resultType":"matrix","result":[
      {"metric":{"app":"x"},"values":[[160,"100"]]},
      {"metric":{"app":"y"},"values":[[160,"2"]]}],"stats":{"summary":{}}}}
      """
    let imported = try imported(
      ["p0": page(start: 100, limit: 50, lines: [110, 120])],
      extra: (
        "c.json",
        #"{"api":"/loki/api/v1/query_range","query":"#
          + #""sum by (app) (count_over_time({app=~\".+\"}[1m]))","start":100,"end":160,"step":"60s"}"#,
        counts
      ))
    let gap = try #require(imported.gaps(.countMismatch).first)
    #expect(imported.gaps(.countMismatch).count == 1)
    #expect(gap.subject == #"{app="x"}"#)
    #expect(gap.detail.contains("100 lines"))
    #expect(gap.detail.contains("holds 2"))
  }

  @Test func `without a request a page of a usual limit is suspicious`() throws {
    let lines = (0..<100).map { (100 + $0, "line \($0)") }
    let imported = try Imported([
      "a.json": Body.streams(Body.stream(["app": "x"], lines)),
      "m.json": Body.matrix(#"{"metric":{"__name__":"up"},"values":[[100,"1"],[400,"1"]]}"#),
    ])
    #expect(imported.gaps(.capped).map(\.losesEvidence) == [true])
  }

  @Test func `without a request a page that another goes on from is complete`() throws {
    let imported = try Imported([
      "a.json": Body.streams(
        Body.stream(["app": "x"], (0..<100).map { (100 + $0, "line \($0)") })),
      "b.json": Body.streams(Body.stream(["app": "x"], [(200, "next")])),
    ])
    #expect(imported.gaps(.capped).isEmpty)
  }

  @Test func `without a request a page of lines that are all there loses nothing`() throws {
    let lines = (0..<120).map { (100 + $0, "line \($0)") }
    let imported = try Imported([
      "all.json": Body.streams(Body.stream(["app": "x"], lines)),
      "part.json": Body.streams(Body.stream(["app": "x"], Array(lines.prefix(100)))),
    ])
    #expect(imported.gaps(.capped).map(\.losesEvidence) == [false])
  }

  /// One answer: its table entry and its body.
  private func page(
    _ query: String = "{app=\"x\"}", start: Int, offset: Int = 0, limit: Int, lines: [Int],
    direction: String = "forward"
  ) -> (request: String, body: String) {
    let escaped = query.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\\\"")
    let request =
      "{\"api\":\"/loki/api/v1/query_range\",\"query\":\"\(escaped)\","
      + "\"start\":\(start * 1_000_000_000 + offset),\"end\":160000000001,\"limit\":\(limit),"
      + "\"direction\":\"\(direction)\"}"
    let texts = lines.map { ($0, "err \($0)") }
    return (request, Body.streams(Body.stream(["app": "x"], texts)))
  }

  private func imported(
    _ pages: KeyValuePairs<String, (request: String, body: String)>,
    extra: (path: String, request: String, body: String)? = nil
  ) throws -> Imported {
    var rows = pages.map { "\"\($0.key).json\":\($0.value.request)" }
    var files = pages.map { ("\($0.key).json", $0.value.body) }
    rows.append(#""labels.json":{"api":"/loki/api/v1/labels"}"#)
    files.append(("labels.json", #"{"status":"success","data":["app"]}"#))
    if let extra {
      rows.append("\"\(extra.path)\":\(extra.request)")
      files.append((extra.path, extra.body))
    }
    files.append(("queries.json", "{\(rows.joined(separator: ","))}"))
    return try Imported(files: files, window: window(100, 160))
  }
}
