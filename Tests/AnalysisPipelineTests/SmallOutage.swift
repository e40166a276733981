import BundleStore
import Telemetry

/// A bundle of one request counter: half of the requests to `shop` fail between minute 60 and 80 of
/// two hours, sampled every minute.
enum SmallOutage {
  static let window = TimeRange(
    start: Timestamp(seconds: 1_772_359_200), end: Timestamp(seconds: 1_772_366_400))

  static func at(_ minute: Int64) -> Timestamp { window.start + .minutes(minute) }

  static func write(to path: String) throws {
    let writer = try BundleWriter(path: path)
    try writer.add(
      path: "metrics/http-requests-total.json", role: .metricGrid, source: .prometheus,
      query: RecordedQuery(
        api: "/api/v1/query_range", expression: "http_requests_total", start: window.start,
        end: window.end, step: .seconds(60)),
      records: 242, firstTime: window.start, lastTime: window.end, content: Array(body.utf8))
    _ = try writer.finish(
      Manifest(
        bundleID: "", window: window, tool: "oncall-capture 0.1.0",
        sources: [BundleSource(kind: .prometheus, scrapeInterval: .seconds(60))], files: [],
        inputs: [], coverage: .partial,
        gaps: [SourceKind.loki, .kubernetes].map {
          CoverageGap(
            source: $0, subject: $0.rawValue, code: .notRequested, detail: "Nothing was handed in.",
            losesEvidence: true)
        },
        redaction: RedactionSummary(isApplied: false)))
  }

  private static var body: String {
    let good = series(code: "200") { $0 < 60 || $0 >= 80 ? 600 : 300 }
    let bad = series(code: "500") { $0 < 60 || $0 >= 80 ? 0 : 300 }
    return #"{"status":"success","data":{"resultType":"matrix","result":[\#(good),\#(bad)]}}"#
  }

  /// One counter that grows by `increase` requests in each minute.
  private static func series(code: String, increase: (Int64) -> Int64) -> String {
    var total: Int64 = 1000
    let values = (0...120).map { minute -> String in
      if minute > 0 { total += increase(Int64(minute) - 1) }
      return "[\(1_772_359_200 + minute * 60),\"\(total)\"]"
    }
    let labels =
      #""__name__":"http_requests_total","code":"\#(code)","namespace":"prod","service":"shop""#
    return #"{"metric":{\#(labels)},"values":[\#(values.joined(separator: ","))]}"#
  }
}
