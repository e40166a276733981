import JSONStream
import Telemetry
import Testing

@Suite struct BodyKindTests {
  @Test(
    "A kind is told from content",
    arguments: [
      (#"{"status":"success","data":{"groups":[]}}"#, .prometheusRules),
      (#"{"status":"success","data":{"alerts":[]}}"#, .prometheusAlerts),
      (
        #"{"status":"success","data":{"activeTargets":[],"droppedTargets":[]}}"#,
        .prometheusTargets
      ),
      (#"{"status":"success","data":{}}"#, .prometheusMetadata),
      (
        #"{"status":"success","data":{"up":[{"type":"gauge","help":"","unit":""}]}}"#,
        .prometheusMetadata
      ),
      (
        #"{"status":"success","data":[{"target":{"job":"a"},"type":"gauge","help":""}]}"#,
        .prometheusMetadata
      ),
      (
        #"{"status":"success","data":{"version":"2.53.3","goVersion":"go1.24"}}"#,
        .prometheusStatus
      ),
      (#"{"status":"success","data":{"web.timeout":"5m","x":"y"}}"#, .prometheusStatus),
      (
        #"{"status":"success","data":{"startTime":"2026-11-22T22:48:59Z","CWD":"/"}}"#,
        .prometheusStatus
      ),
      (#"{"status":"success","data":{"headStats":{"numSeries":1}}}"#, .prometheusStatus),
      (#"{"status":"success","data":{"yaml":"global:\n"}}"#, .prometheusStatus),
      (#"{"status":"success","data":["a","b"]}"#, .labelList),
      (#"{"status":"success","data":[]}"#, .labelList),
      (#"{"data":["a"],"status":"success"}"#, .labelList),
      (#"{"status":"success","data":[{"__name__":"up","job":"a"}]}"#, .seriesList),
      (#"{"status":"success","data":[{"pattern":"a <_>","samples":[[1,2]]}]}"#, .lokiPatterns),
      (
        #"{"status":"success","data":{"resultType":"scalar","result":[1,"1"]}}"#,
        .prometheusScalar
      ),
      (
        #"{"status":"success","data":{"resultType":"string","result":[1,"x"]}}"#,
        .prometheusScalar
      ),
      (#"{"status":"success","data":{"result":[1,"1"]}}"#, .prometheusScalar),
      (#"{"streams":20,"chunks":76,"bytes":20981760,"entries":123480}"#, .lokiStatistics),
      (#"{"fields":[{"label":"ts","type":"float"}],"limit":1000}"#, .lokiDetectedFields),
      (#"{"version":"3.8.0","revision":"65e30f8488","goVersion":"go1.26.6"}"#, .lokiBuild),
      (#"{"status":"success"}"#, .serverError),
      (#"{"status":"success","data":null}"#, .serverError),
      (
        #"{"a.json":{"api":"/api/v1/query","query":"up"},"b.txt":{"command":"kubectl"}}"#,
        .queryTable
      ),
      ("{}", .unrecognisedJSON),
      (#"{"a.json":{"api":"/x"},"b":1}"#, .unrecognisedJSON),
      (#"{"status":"success","data":"text"}"#, .unrecognisedJSON),
      (#"{"status":"success","data":{"result":[{"a":1}]}}"#, .unrecognisedJSON),
      (#"{"level":"info","msg":"started"}"#, .unrecognisedJSON),
      (#"{"labels":{"a":"b"},"line":"x","timestamp":"noon"}"#, .unrecognisedJSON),
      (#"[{"metric":{},"values":[]}]"#, .unrecognisedJSON),
      ("1", .unrecognisedJSON), ("null", .unrecognisedJSON), (#""text""#, .unrecognisedJSON),
    ] as [(String, ExportKind)])
  func tellsKinds(json: String, kind: ExportKind) throws {
    let reading = try Reading(json)
    #expect(try reading.body().kind == kind)
    #expect(reading.calls.isEmpty)
    let isObject = json.hasPrefix("{")
    #expect(try (reading.body().document != nil) == isObject)
  }

  @Test(
    "A result that is empty, null or absent is still of its kind",
    arguments: [
      (#"{"status":"success","data":{"resultType":"matrix","result":[]}}"#, .prometheusMatrix),
      (#"{"status":"success","data":{"resultType":"matrix","result":null}}"#, .prometheusMatrix),
      (#"{"status":"success","data":{"resultType":"vector"}}"#, .prometheusVector),
      (
        #"{"status":"success","data":{"result":[],"resultType":"streams","stats":{"summary":{}}}}"#,
        .lokiStreams
      ),
      (#"{"streams":[]}"#, .lokiStreams),
    ] as [(String, ExportKind)])
  func tellsEmptyResults(json: String, kind: ExportKind) throws {
    let reading = try Reading(json)
    let body = try reading.body()
    #expect(body.kind == kind)
    #expect(body.records == 0)
    #expect(body.document == nil)
    #expect(reading.calls.isEmpty)
  }

  @Test(
    "An error of the server is kept in its words",
    arguments: [
      (
        #"{"status":"error","errorType":"bad_data","error":"exceeded maximum resolution"}"#,
        "exceeded maximum resolution"
      ),
      (#"{"code":400,"status":"error","message":"parse error"}"#, "parse error"),
      (#"{"status":"error","errorType":"timeout"}"#, "timeout"),
      (#"{"status":"error","error":"e","data":{"resultType":"vector","result":[]}}"#, "e"),
    ])
  func keepsServerErrors(json: String, expected: String) throws {
    let body = try Reading(json).body()
    #expect(body.kind == .serverError)
    #expect(body.error == expected)
  }

  @Test("An error beside a result is still an error") func prefersTheError() throws {
    let reading = try Reading(
      #"{"status":"error","error":"e","data":{"result":[{"metric":{},"value":[1,"1"]}]}}"#)
    #expect(try reading.body().kind == .serverError)
    #expect(try reading.body().records == 1)
  }

  @Test("A byte order mark is skipped") func skipsByteOrderMark() throws {
    let reading = try Reading([0xEF, 0xBB, 0xBF] + Array(#"{"status":"success"}"#.utf8))
    #expect(try reading.body().kind == .serverError)
  }

  @Test("Repeated keys of the root and its data are counted") func countsRepeatedKeys() throws {
    let body = try Reading(
      #"{"status":"error","status":"success","data":{"alerts":[],"alerts":[{"a":1,"a":2}]}}"#
    ).body()
    #expect(body.kind == .prometheusAlerts)
    #expect(body.duplicateKeys == 3)
    #expect(body.document?["data"]?["alerts"]?.elements.first?["a"] == .number("2"))
  }

  @Test(
    "What is no JSON is told from JSON that breaks off",
    arguments: [
      ("", true, "the body is empty; expected JSON"),
      ("<!DOCTYPE html><html>", true, "not JSON: '<' at byte 0; expected { or ["),
      ("  404 page not found", true, "not JSON: '4' at byte 2; expected { or ["),
      ("[2026-11-22 22:55:44] INFO started", true, "not JSON: '[' at byte 0; expected { or ["),
      ("parse error : unexpected", true, "not JSON: 'p' at byte 0; expected { or ["),
      (
        #"{"status":"success","da"#, false,
        "cut off at byte 23; expected the end of a string"
      ),
      (
        #"{"a":1}\#n{"a":2}"#, false,
        "'{' at byte 8 follows the end of the document; expected one document"
      ),
      (#"{"a":NaN}"#, false, "'N' at byte 5; expected a value"),
    ])
  func tellsBrokenFromForeign(text: String, isNotJSON: Bool, expected: String) throws {
    let error = try Reading(text).error
    #expect(error?.isNotJSON == isNotJSON)
    #expect(error?.description == expected)
  }

  @Test("What must be kept whole is bounded as one") func boundsWhatIsKept() throws {
    let limits = JSONLimits(valueBytes: 64)
    let members = (0..<40).map { "\"k\($0)\":\"0123456789\"" }.joined(separator: ",")
    let reading = try Reading.once(MemorySource(Array("{\(members)}".utf8)), limits: limits)
    guard case .limitExceeded(_, "what must be kept whole", 64) = reading.error else {
      Issue.record("\(reading)")
      return
    }
  }
}
