import Foundation
import Queries
import Telemetry
import Testing

@testable import AnalysisPipeline

@Suite struct QueryCommandTests {
  private static let text = Presentation(format: .text, isColoured: false, width: 80)
  private static let json = Presentation(format: .json, isColoured: false, width: 80)

  private func output(
    _ promQL: String, at minute: Int64? = nil, step: TimeSpan? = nil, limit: Int = 20,
    isStrict: Bool = false, as presentation: Presentation
  ) throws -> String {
    let folder = try TemporaryFolder()
    let path = folder.path("shop.incident.tar.gz")
    try SmallOutage.write(to: path)
    let plan = QueryPlan(
      bundlePath: path, promQL: promQL, at: minute.map(SmallOutage.at), step: step, limit: limit,
      isStrict: isStrict)
    let result = try AnalysisCommands.query(plan, as: presentation)
    #expect(result.exitCode == (result.note == nil ? .done : .usage))
    return String(decoding: result.output, as: UTF8.self)
  }

  @Test(
    "JSON is the envelope of Prometheus, byte for byte",
    arguments: [
      // In minute 70 the first counter stands at 1000 + 60 * 600 + 10 * 300.
      (
        #"http_requests_total{code="200"}"#,
        #"{"status":"success","data":{"resultType":"vector","result":[{"metric":"#
          + #"{"__name__":"http_requests_total","code":"200","namespace":"prod","service":"shop"},"#
          + #""value":[1772363400,"40000"]}]}}"#
      ),
      (
        "1/3",
        #"{"status":"success","data":{"resultType":"scalar","result":"#
          + #"[1772363400,"0.3333333333333333"]}}"#
      ),
      (
        "-Inf",
        #"{"status":"success","data":{"resultType":"scalar","result":"#
          + #"[1772363400,"-Inf"]}}"#
      ),
      (
        "1e21",
        #"{"status":"success","data":{"resultType":"scalar","result":"#
          + #"[1772363400,"1e+21"]}}"#
      ),
      (
        "1e20",
        #"{"status":"success","data":{"resultType":"scalar","result":"#
          + #"[1772363400,"100000000000000000000"]}}"#
      ),
      (
        "0.0000001",
        #"{"status":"success","data":{"resultType":"scalar","result":"#
          + #"[1772363400,"1e-07"]}}"#
      ),
      (
        #""a \"text\"""#,
        #"{"status":"success","data":{"resultType":"string","result":"#
          + #"[1772363400,"a \"text\""]}}"#
      ),
      (
        #"http_requests_total{code="500"}[2m]"#,
        #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":"#
          + #"{"__name__":"http_requests_total","code":"500","namespace":"prod","service":"shop"},"#
          + #""values":[[1772363340,"3700"],[1772363400,"4000"]]}]}}"#
      ),
      (
        "nothing",
        #"{"status":"success","data":{"resultType":"vector","result":[]},"warnings":["#
          + #""bundle warning: the bundle holds no series of nothing; the capture did not ask for"#
          + #" it (1:1)"]}"#
      ),
    ])
  func envelope(promQL: String, expected: String) throws {
    #expect(try output(promQL, at: 70, as: Self.json) == expected + "\n")
  }

  @Test("A scalar over a range is a matrix of one series without labels")
  func scalarRange() throws {
    #expect(
      try output("2", step: .minutes(60), as: Self.json)
        == #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":"#
        + #"[[1772359200,"2"],[1772362800,"2"],[1772366400,"2"]]}]}}"# + "\n")
  }

  @Test(
    "A query that cannot be answered leaves Prometheus's envelope of an error",
    arguments: [
      ("sum(", false, "bad_data"),
      ("http_requests_total + on (service) http_requests_total", false, "execution"),
      ("nothing", true, "not_found"),
    ])
  func errorEnvelope(promQL: String, isStrict: Bool, type: String) throws {
    let text = try output(promQL, at: 70, isStrict: isStrict, as: Self.json)
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String]
    #expect(document?["status"] == "error")
    #expect(document?["errorType"] == type)
    #expect(document?["error"]?.isEmpty == false)
  }

  @Test("An instant is a table: labels to the left, values to the right, the shared labels once")
  func instantTable() throws {
    let lines = try output("http_requests_total", at: 70, as: Self.text).split(separator: "\n")
    #expect(
      lines == [
        "http_requests_total", "at 2026-03-01T11:10:00Z",
        #"All: http_requests_total{namespace="prod", service="shop"}"#, "code  value",
        "200   40000", "500    4000",
      ])
  }

  @Test("What is beyond the limit is counted")
  func limit() throws {
    let text = try output("http_requests_total", at: 70, limit: 1, as: Self.text)
    #expect(text.contains("… and 1 more"))
    #expect(!text.contains("500 "))
  }

  @Test("A range is a summary of each series and a plot with axes and distinct marks")
  func rangePlot() throws {
    let text = try output(
      "sum by (code) (increase(http_requests_total[2m]))", step: .minutes(1), as: Self.text)
    let lines = text.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("*  200 ") })
    #expect(lines.contains { $0.hasPrefix("+  500 ") })
    #expect(lines.contains { $0.contains("┤") && $0.contains("*") })
    #expect(lines.contains { $0.contains("10:30") && $0.contains("11:30") })
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test("A syntax error shows the query and a caret under the place")
  func caret() throws {
    let failure = #expect(throws: AnalysisFailure.self) {
      try output("sum(\n  rate(up[5m]) + * 2)", as: Self.text)
    }
    let lines = try #require(failure).description.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("--promql: 2:18: parse error: "))
    #expect(lines[1] == "    rate(up[5m]) + * 2)")
    #expect(lines[2] == "                   ^")
    #expect(failure?.exitCode == .usage)
  }

  @Test("Strict questions about a missing metric are mistakes")
  func strict() throws {
    let failure = #expect(throws: AnalysisFailure.self) {
      try output("http_request_total", isStrict: true, as: Self.text)
    }
    #expect(failure?.exitCode == .usage)
    #expect(failure?.description.contains("nearest names: http_requests_total") == true)
  }
}
