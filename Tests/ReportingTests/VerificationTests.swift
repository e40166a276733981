import Policies
import Reasoning
import Testing

@testable import Reporting

@Suite struct VerificationTests {
  /// The sample's incident starts at minute 8 and is the leak of payments; see its literal.
  private func outcomes(
    _ text: String, of analysis: Analysis = SampleAnalysis.incident
  ) throws
    -> [Bool]
  {
    let expected = try Expectations(text: text, file: "expect.yaml")
    return Verification(of: analysis, against: expected).outcomes.map(\.isMet)
  }

  @Test(arguments: [
    ("verdict: incident", true),
    ("verdict: no-incident", false),
    ("incident: {startsWithin: [\"2026-03-01T10:00:00Z\", \"2026-03-01T10:40:00Z\"]}", true),
    ("incident: {startsWithin: [\"2026-03-01T09:00:00Z\", \"2026-03-01T09:40:00Z\"]}", false),
    ("incident: {peakScoreAtLeast: 88}", true),
    ("incident: {peakScoreAtLeast: 89}", false),
    ("incident: {peakScoreAtMost: 88}", false),
    ("hypothesis: {causeInTop: {name: memory-leak-oom, k: 1}}", true),
    ("hypothesis: {causeInTop: {name: dns-failure, k: 9}}", false),
    ("alerts: [{name: CheckoutErrorBudgetBurn, firedBy: \"2026-03-01T10:15:00Z\"}]", true),
    ("alerts: [{name: CheckoutErrorBudgetBurn, firedBy: \"2026-03-01T10:14:59Z\"}]", false),
    ("alerts: [{name: Nobody}]", false),
    ("newLogPatterns: [\"no such pattern\"]", false),
    ("states: [\"no such words\"]", false),
  ])
  func `an expectation is met or not`(text: String, isMet: Bool) throws {
    #expect(try outcomes(text) == [isMet])
  }

  @Test(arguments: [
    "incident: {startsWithin: [\"2026-03-01T10:00:00Z\", \"2026-03-01T10:40:00Z\"]}",
    "incident: {detectedBefore: \"2026-03-01T10:40:00Z\"}",
    "hypothesis: {causeInTop: {name: memory-leak-oom, k: 1}}",
  ])
  func `without an incident nothing that is expected of one is met`(text: String) throws {
    #expect(try outcomes(text, of: SampleAnalysis.quiet) == [false])
  }

  @Test func `the JUnit report counts failures and escapes what was found`() throws {
    let expected = try Expectations(
      text: "verdict: incident\nstates: [\"a <b> & \\\"c\\\"\"]", file: "expect.yaml")
    let verification = Verification(of: SampleAnalysis.incident, against: expected)
    let xml = String(
      decoding: JUnitReport.xml(of: verification, suite: "x.incident.tar.gz"), as: UTF8.self)
    #expect(
      xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="x.incident.tar.gz" tests="2" failures="1">
          <testcase classname="oncall-analyze.verify" name="verdict: incident"/>
          <testcase classname="oncall-analyze.verify" name="states: a &lt;b&gt; &amp; &quot;c&quot;">
            <failure message="expected a &lt;b&gt; &amp; &quot;c&quot;, found no finding says so"/>
          </testcase>
        </testsuite>

        """)
  }
}
