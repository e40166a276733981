import JSONStream
import Telemetry
import Testing

@Suite struct LokiBodyTests {
  @Test("Streams give their lines, unescaped") func readsStreams() throws {
    let reading = try Reading(
      #"{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"cart","#
        + #""detected_level":"error"},"values":[["1795387639741107000","plain"],"#
        + #"["1795387639741107001","{\"msg\":\"a\\\"b\",\"n\":1}\n\u001b[31m"],["0",""]]},"#
        + #"{"stream":{},"values":[]}],"stats":{"summary":{"execTime":0.1},"ingester":{}}}}"#)
    let body = try reading.body()
    #expect(body.kind == .lokiStreams)
    #expect(body.groups == 2)
    #expect(body.records == 3)
    #expect(body.hasLokiStats)
    #expect(!body.hasCategorisedLabels)
    #expect(
      reading.calls == [
        "stream {app=cart,detected_level=error}",
        "line 1795387639741107000 'plain'",
        "line 1795387639741107001 '{\"msg\":\"a\\\"b\",\"n\":1}\n\u{1b}[31m'",
        "line 0 ''", "end stream", "stream {}", "end stream",
      ])
  }

  @Test("Categorised labels are kept apart") func readsCategorisedLabels() throws {
    let reading = try Reading(
      #"{"status":"success","data":{"resultType":"streams","encodingFlags":["categorize-labels"],"#
        + #""result":[{"stream":{"app":"pay"},"values":["#
        + #"["1","a",{"structuredMetadata":{"trace_id":"x"},"parsed":{"level":"warn"}}],"#
        + #"["2","b",{"structuredMetadata":{"trace_id":"x"},"parsed":{"level":"warn"}}],"#
        + #"["3","c",{"parsed":{"level":"info"}}],["4","d",{}],["5","e"]]}]}}"#)
    let body = try reading.body()
    #expect(body.kind == .lokiStreams)
    #expect(body.hasCategorisedLabels)
    #expect(
      reading.calls == [
        "stream {app=pay}", "line 1 'a' metadata {trace_id=x} parsed {level=warn}",
        "line 2 'b' metadata {trace_id=x} parsed {level=warn}", "line 3 'c' parsed {level=info}",
        "line 4 'd'", "line 5 'e'", "end stream",
      ])
  }

  @Test("The push format is read, flat labels as structured metadata") func readsPushFormat() throws
  {
    let reading = try Reading(
      #"{"streams": [{"stream": {"app": "pay"}, "values": [["1", "a", {"trace_id": "x", "n": 3}],"#
        + #" ["2", "b"]]}]}"#)
    #expect(try reading.body().kind == .lokiStreams)
    #expect(
      reading.calls == [
        "stream {app=pay}", "line 1 'a' metadata {n=3,trace_id=x}", "line 2 'b'", "end stream",
      ])
  }

  @Test(
    "Keys may come in any order",
    arguments: [
      #"{"data":{"result":[{"values":[["1","a"]],"stream":{"a":"b"}}]},"status":"success"}"#,
      #"{"streams":[{"values":[["1","a"]],"stream":{"a":"b"}}]}"#,
    ])
  func readsAnyOrder(json: String) throws {
    let reading = try Reading(json)
    #expect(try reading.body().kind == .lokiStreams)
    #expect(reading.calls == ["stream {a=b}", "line 1 'a'", "end stream"])
  }

  @Test("A stream without labels is told by its times") func readsUnlabelledStreams() throws {
    let reading = try Reading(#"{"streams":[{"values":[["1","a"]]}]}"#)
    #expect(reading.calls == ["stream {}", "line 1 'a'", "end stream"])
  }

  @Test("Bytes that are no UTF-8 are replaced and counted once") func replacesInvalidBytes() throws
  {
    var bytes = Array(
      #"{"streams":[{"stream":{},"values":[["1","?x",{"a":"?"}],["2","\ud800 ?"]]}]}"#.utf8)
    for index in bytes.indices where bytes[index] == UInt8(ascii: "?") { bytes[index] = 0xFF }
    let reading = try Reading(bytes)
    #expect(try reading.body().replacedUTF8 == 4)
    #expect(
      reading.calls == [
        "stream {}", "line 1 '\u{FFFD}x' metadata {a=\u{FFFD}}", "line 2 '\u{FFFD} \u{FFFD}'",
        "end stream",
      ])
  }

  @Test("A matrix is told from Prometheus's by its statistics") func readsMatrix() throws {
    let reading = try Reading(
      #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"app":"ads"},"#
        + #""values":[[1795387680,"1"]]}],"stats":{"summary":{},"querier":{}}}}"#)
    #expect(try reading.body().kind == .prometheusMatrix)
    #expect(try reading.body().hasLokiStats)
  }

  @Test(
    "Times that do not fit, and lines that are none, stop the body",
    arguments: [
      (
        #"["9223372036854775808","a"]"#,
        #""9223372036854775808" at byte 36 is not a time in nanoseconds between 1677 and 2262"#
      ),
      (
        #"["yesterday","a"]"#,
        #""yesterday" at byte 36 is not a time in nanoseconds between 1677 and 2262"#
      ),
      (#"["1",2]"#, "'2' at byte 40; expected a string"),
      (#"["1"]"#, "']' at byte 39; expected a log line"),
      (#"["1","a","b"]"#, "'\"' at byte 44; expected an object"),
      (#"["1","a",{},{}]"#, "'{' at byte 47; expected ']'"),
    ])
  func refusesBadEntries(entry: String, expected: String) throws {
    let reading = try Reading(#"{"streams":[{"stream":{},"values":["# + entry + "]}]}")
    #expect(reading.error?.description == expected)
  }

  @Test("Lines of logcli are read, streams in runs") func readsLogcliLines() throws {
    let reading = try Reading(
      """
      {"labels":{"app":"a"},"line":"one","timestamp":"2026-11-22T23:55:07.421436001+01:00"}
      {"labels":{"app":"a"},"line":"t\\two","timestamp":"2026-11-22T22:55:08Z"}
      {"timestamp":"2026-11-22T22:55:09Z","line":"three","labels":{}}

      """)
    let body = try reading.body()
    #expect(body.kind == .logcliLines)
    #expect(body.groups == 2)
    #expect(body.records == 3)
    #expect(
      reading.calls == [
        "stream {app=a}", "line 1795388107421436001 'one'", "line 1795388108000000000 't\two'",
        "end stream", "stream {}", "line 1795388109000000000 'three'", "end stream",
      ])
  }

  @Test(
    "A line that logcli would not write stops the body",
    arguments: [
      (#"{"line":"x"}"#, "an object at byte 74; expected labels, line and timestamp"),
      (
        #"{"labels":{},"line":"x","timestamp":"noon"}"#,
        #""noon" at byte 74 is not an RFC 3339 time"#
      ),
      (#"{"labels""#, "cut off at byte 83; expected ':'"),
    ])
  func refusesBadLogcliLines(line: String, expected: String) throws {
    let first = #"{"labels":{"app":"a"},"line":"one","timestamp":"2026-11-22T22:55:07.42Z"}"#
    #expect(first.utf8.count == 73)
    let reading = try Reading(first + "\n" + line)
    #expect(reading.error?.description == expected)
    #expect(reading.calls.count == 2)
  }
}
