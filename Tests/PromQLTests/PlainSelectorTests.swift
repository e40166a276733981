import Telemetry
import Testing

@testable import PromQL

@Suite struct PlainSelectorTests {
  @Test(
    arguments: [
      ("up", "up", false, nil),
      (" up ", "up", false, nil),
      ("job:errors:rate5m", "job:errors:rate5m", false, nil),
      ("up{}", "up", false, nil),
      ("(up)", "up", false, nil),
      ("up{job=\"a\", pod!~\"b.*\",}", "up", true, nil),
      ("{__name__=\"up\"}", "up", false, nil),
      ("{\"http.requests\", region='eu'}", "http.requests", true, nil),
      ("{job=\"a\"}", nil, true, nil),
      ("http_requests_total{namespace=\"shop\"}[30m]", "http_requests_total", true, 1800),
      ("up [1h30m]", "up", false, 5400),
    ] as [(String, String?, Bool, Int64?)])
  func `a query that only selects is plain`(
    query: String, name: String?, isNarrowed: Bool, seconds: Int64?
  ) throws {
    let selector = try #require(PlainSelector(query))
    #expect(selector.metricName == name)
    #expect(selector.isNarrowed == isNarrowed)
    #expect(selector.range == seconds.map { TimeSpan.seconds($0) })
  }

  @Test(arguments: [
    "up == 0", "rate(up[5m])", "sum(up)", "-up", "1", "", "up offset 5m", "up[30m:1m]",
    "up[30m] @ 5", "up{job=a}", "up{job=\"a\"", "a - b", "{app=\"x\"} |= \"e\"", "time()",
  ])
  func `a query that does more is not plain`(query: String) {
    #expect(PlainSelector(query) == nil)
  }
}
