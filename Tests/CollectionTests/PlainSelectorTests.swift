import Telemetry
import Testing

@testable import Collection

@Suite struct PlainSelectorTests {
  @Test(
    arguments: [
      ("up", "up", false, nil),
      (" up ", "up", false, nil),
      ("job:errors:rate5m", "job:errors:rate5m", false, nil),
      ("up{}", "up", false, nil),
      ("up{job=\"a\", pod!~\"b.*\",}", "up", true, nil),
      ("{__name__=\"up\"}", "up", false, nil),
      ("{\"http.requests\", region='eu'}", "http.requests", true, nil),
      ("{job=\"a\"}", nil, true, nil),
      ("http_requests_total{namespace=\"shop\"}[30m]", "http_requests_total", true, 1800),
      ("up [1h30m]", "up", false, 5400),
    ] as [(String, String?, Bool, Int64?)])
  func `a query that only selects is plain`(
    query: String, name: String?, hasMatchers: Bool, seconds: Int64?
  ) throws {
    let selector = try #require(PlainSelector(query))
    #expect(selector.name == name)
    #expect(selector.hasMatchers == hasMatchers)
    #expect(selector.range == seconds.map { TimeSpan.seconds($0) })
  }

  @Test(arguments: [
    "up == 0", "rate(up[5m])", "sum(up)", "-up", "(up)", "1", "", "up offset 5m", "up[30m:1m]",
    "up[30m] @ 5", "up{job=a}", "up{job=\"a\"", "a - b", "{app=\"x\"} |= \"e\"", "time()",
  ])
  func `a query that does more is not plain`(query: String) {
    #expect(PlainSelector(query) == nil)
  }

  @Test(
    arguments: [
      (LabelMatcher.Operation.equal, "a", "a", true), (.equal, "a", "b", false),
      (.notEqual, "a", "b", true), (.matches, ".+", "x", true), (.matches, ".+", "", false),
      (.matches, "a|b", "b", true), (.matches, "a|b", "ab", false), (.matchesNot, "a|b", "c", true),
      (.matches, "a.*", "ab", nil), (.matchesNot, "[ab]", "a", nil),
    ] as [(LabelMatcher.Operation, String, String, Bool?)])
  func `a matcher decides what it can without a regular expression`(
    operation: LabelMatcher.Operation, value: String, actual: String, expected: Bool?
  ) {
    let matcher = LabelMatcher(label: "app", operation: operation, value: value)
    #expect(matcher.matches(LabelSet(["app": actual])) == expected)
  }
}
