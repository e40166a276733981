import Detection
import Policies
import Reasoning
import Telemetry
import Testing

@testable import Reporting

@Suite struct VerificationTests {
  /// The sample's incident, from minute 8 to 30, detected at 13, is the leak of payments; see its
  /// literal. Here it also has a new log pattern and an alert that was replayed.
  private static let incident: Analysis = {
    var analysis = SampleAnalysis.incident
    analysis.newLogPatterns = [
      NewLogPattern(
        id: "0011223344556677", template: "java.lang.OutOfMemoryError: <*>", count: 3,
        firstSeen: SampleAnalysis.at(12), services: ["payments"],
        example: "java.lang.OutOfMemoryError: Java heap space", isSuspicious: true)
    ]
    analysis.replayedAlerts = [
      ReplayedAlert(
        name: "Replayed", labels: .empty, group: "g", firstPending: SampleAnalysis.at(13),
        firstFired: SampleAnalysis.at(14), resolved: nil, firings: 1, severity: "page",
        annotations: [])
    ]
    return analysis
  }()

  private func outcomes(_ text: String, of analysis: Analysis = incident) throws -> [Bool] {
    let expected = try Expectations(text: text, file: "expect.yaml")
    return Verification(of: analysis, against: expected).outcomes.map(\.isMet)
  }

  @Test(arguments: [
    ("verdict: incident", true),
    ("verdict: no-incident", false),
    ("incident: {startsWithin: [\"2026-03-01T10:00:00Z\", \"2026-03-01T10:40:00Z\"]}", true),
    ("incident: {startsWithin: [\"2026-03-01T09:00:00Z\", \"2026-03-01T09:40:00Z\"]}", false),
    ("incident: {detectedBefore: \"2026-03-01T10:13:00Z\"}", true),
    ("incident: {detectedBefore: \"2026-03-01T10:12:59Z\"}", false),
    ("incident: {endsWithin: [\"2026-03-01T10:30:00Z\", \"2026-03-01T10:40:00Z\"]}", true),
    ("incident: {endsWithin: [\"2026-03-01T10:31:00Z\", \"2026-03-01T10:40:00Z\"]}", false),
    ("incident: {peakScoreAtMost: 89}", true),
    ("incident: {peakScoreAtLeast: 88}", true),
    ("incident: {peakScoreAtLeast: 89}", false),
    ("incident: {peakScoreAtMost: 88}", false),
    ("hypothesis: {causeInTop: {name: memory-leak-oom, k: 1}}", true),
    ("hypothesis: {causeInTop: {name: bad-deploy, k: 1}}", false),
    ("hypothesis: {causeInTop: {name: bad-deploy, k: 2}}", true),
    ("hypothesis: {serviceInTop: {name: payments}}", true),
    ("hypothesis: {serviceInTop: {name: checkout, k: 5}}", false),
    ("hypothesis: {causeInTop: {name: dns-failure, k: 9}}", false),
    ("alerts: [{name: CheckoutErrorBudgetBurn, firedBy: \"2026-03-01T10:15:00Z\"}]", true),
    ("alerts: [{name: CheckoutErrorBudgetBurn, firedBy: \"2026-03-01T10:14:59Z\"}]", false),
    ("alerts: [{name: Nobody}]", false),
    ("newLogPatterns: [\"no such pattern\"]", false),
    ("newLogPatterns: [\"outofmemory\"]", true),
    ("alerts: [{name: Replayed, firedBy: \"2026-03-01T10:14:00Z\"}]", true),
    ("states: [\"no such words\"]", false),
    ("states: [\"restarted 4 times\"]", true),
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

  @Test func `the times that are expected must be those of one incident`() throws {
    // Two incidents: one starts when it should, the other ends when it should.
    let first = try #require(SampleAnalysis.incident.incidents.first)
    let other = Incident(
      id: "INC-99999999", startedAt: SampleAnalysis.at(32), detectedAt: SampleAnalysis.at(33),
      peakAt: SampleAnalysis.at(34), peakScore: 50, endedAt: SampleAnalysis.at(36),
      severity: .minor, services: [], findings: [])
    let sample = SampleAnalysis.incident
    let both = Analysis(
      bundle: sample.bundle, coverage: sample.coverage, verdict: sample.verdict,
      verdictReason: sample.verdictReason, score: sample.score,
      incidents: [first, ExplainedIncident(incident: other, hypotheses: [])],
      findings: [], chronicle: [], detectors: [], alerts: [])
    let text = """
      incident:
        startsWithin: ["2026-03-01T10:08:00Z", "2026-03-01T10:08:00Z"]
        endsWithin: ["2026-03-01T10:36:00Z", "2026-03-01T10:36:00Z"]
      """
    #expect(try outcomes(text, of: both) == [true, false])
    #expect(
      try outcomes("incident: {detectedBefore: \"2026-03-01T10:13:00Z\"}", of: both) == [true])
  }

  @Test func `the JUnit report counts failures and escapes what was found`() throws {
    let expected = try Expectations(
      text: "verdict: incident\nstates: [\"a <b> & \\\"c\\\" <\u{301}\"]", file: "expect.yaml")
    let verification = Verification(of: SampleAnalysis.incident, against: expected)
    let xml = String(
      decoding: JUnitReport.xml(of: verification, suite: "x.incident.tar.gz"), as: UTF8.self)
    #expect(
      xml == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuite name="x.incident.tar.gz" tests="2" failures="1">
          <testcase classname="oncall-analyze.verify" name="verdict: incident"/>
          <testcase classname="oncall-analyze.verify" name="states: a &lt;b&gt; &amp; &quot;c&quot; &lt;́">
            <failure message="expected a &lt;b&gt; &amp; &quot;c&quot; &lt;́, found no finding says so"/>
          </testcase>
        </testsuite>

        """)
  }
}
