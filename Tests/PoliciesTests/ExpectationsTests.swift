import Telemetry
import Testing

@testable import Policies

@Suite struct ExpectationsTests {
  @Test func `the contract's own example is read`() throws {
    let expected = try Expectations(
      text: """
        verdict: incident
        incident: {startsWithin: ["2026-03-01T10:05:00Z", "2026-03-01T10:12:00Z"], \
        detectedBefore: "2026-03-01T10:20:00Z", peakScoreAtLeast: 60}
        hypothesis: {serviceInTop: {name: cart, k: 1}, causeInTop: {name: memory-leak-oom, k: 2}}
        newLogPatterns: ["OutOfMemoryError"]
        alerts: [{name: CartErrorBudgetBurn, firedBy: "2026-03-01T10:15:00Z"}]
        """, file: "expect.yaml")
    // 2026-03-01T10:00:00Z is 1,772,359,200.
    let ten = Timestamp(seconds: 1_772_359_200)
    #expect(expected.verdict == "incident")
    #expect(expected.incident?.startsWithin == ten + .minutes(5)...ten + .minutes(12))
    #expect(expected.incident?.detectedBefore == ten + .minutes(20))
    #expect(expected.incident?.peakScoreAtLeast == 60)
    #expect(expected.hypothesis?.serviceInTop == .init(name: "cart", k: 1))
    #expect(expected.hypothesis?.causeInTop == .init(name: "memory-leak-oom", k: 2))
    #expect(expected.newLogPatterns == ["OutOfMemoryError"])
    #expect(expected.alerts == [.init(name: "CartErrorBudgetBurn", firedBy: ten + .minutes(15))])
  }

  @Test(arguments: [
    ("{}", "expect.yaml:1: expects nothing"),
    ("incident: {}", "expect.yaml:1: incident: expects nothing"),
    ("hypothesis: {}", "expect.yaml:1: hypothesis: expects nothing"),
    ("states: []", "expect.yaml:1: states: expects nothing"),
    (
      "verdict: maybe",
      "expect.yaml:1: verdict: must be one of incident, no-incident, inconclusive, found maybe"
    ),
    (
      "incident:\n  startsAt: 1",
      "expect.yaml:2: incident.startsAt: unknown key; allowed are startsWithin, detectedBefore,"
        + " endsWithin, peakScoreAtLeast, peakScoreAtMost"
    ),
    (
      "incident: {startsWithin: [2, 1]}",
      "expect.yaml:1: incident.startsWithin: must be in order, the earlier first"
    ),
    ("alerts: [{}]", "expect.yaml:1: alerts[0]: has no key name"),
  ])
  func `a mistake is named with its line`(text: String, problem: String) {
    let error = #expect(throws: PolicyError.self) {
      try Expectations(text: text, file: "expect.yaml")
    }
    #expect(error?.problems.map(\.description).contains(problem) == true, "\(error as Any)")
  }
}
