import Canonical
import Foundation
import Telemetry
import Testing

@testable import AnalysisPipeline

@Suite struct RulesCommandTests {
  private static let text = Presentation(format: .text, isColoured: false, width: 100)
  private static let json = Presentation(format: .json, isColoured: false, width: 100)

  private let folder: TemporaryFolder
  private let bundle: String

  init() throws {
    folder = try TemporaryFolder()
    bundle = folder.path("shop.incident.tar.gz")
    try SmallOutage.write(to: bundle)
  }

  private func rules(_ rules: String) throws -> RulesPlan {
    let path = folder.path("rules.yml")
    try rules.write(toFile: path, atomically: true, encoding: .utf8)
    return RulesPlan(bundlePath: bundle, ruleFiles: [path])
  }

  // Half of 600 requests a minute fail in the minutes 61 to 80.
  private static let errors = """
    groups:
    - name: shop
      rules:
      - {record: "errors:rate5m", expr: 'sum(rate(http_requests_total{code="500"}[5m]))'}
      - alert: Errors
        expr: errors:rate5m > 1
        for: 2m
        labels: {severity: page}
        annotations: {summary: "{{ $value | humanize }} failures a second"}
    """

  @Test func aRuleFileIsReplayedOverTheBundle() throws {
    let result = try AnalysisCommands.rules(rules(Self.errors), as: Self.json)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
    #expect(document["schema"] as? String == "oncall.rules/1")
    let alerts = try #require(document["alerts"] as? [[String: Any]])
    #expect(alerts.count == 1)
    // Of the samples at 57…61 the last interval has 300 failures: 300 / 240 s, so 1.25 a second.
    #expect(alerts.first?["pendingAt"] as? String == Canonical.text(SmallOutage.at(61)))
    #expect(alerts.first?["firingAt"] as? String == Canonical.text(SmallOutage.at(63)))
    // At 83 the samples at 79…83 still hold the last interval with failures.
    #expect(alerts.first?["resolvedAt"] as? String == Canonical.text(SmallOutage.at(84)))
    #expect(
      (alerts.first?["annotations"] as? [String: String])?["summary"] == "3.75 failures a second")
    #expect(result.exitCode == .done)
  }

  @Test func theTableNamesAlertsAndWhatTheRulesCannotSee() throws {
    let text = Self.errors + "\n  - {alert: Blind, expr: gone > 1}"
    let result = try AnalysisCommands.rules(rules(text), as: Self.text)
    let lines = String(decoding: result.output, as: UTF8.self)
    #expect(lines.contains("Errors severity=page"))
    #expect(lines.contains("1 of 3 rules cannot be evaluated"))
    #expect(lines.contains("Blind (gone)"))
  }

  @Test func strictlyARuleThatCannotBeEvaluatedIsAMistake() throws {
    var plan = try rules(Self.errors + "\n  - {alert: Blind, expr: gone > 1}")
    plan.isStrict = true
    let failure = #expect(throws: AnalysisFailure.self) {
      try AnalysisCommands.rules(plan, as: Self.text)
    }
    #expect(failure?.exitCode == .usage)
    #expect(failure?.description.contains("1 of 3 rules cannot be evaluated") == true)
  }

  @Test func aRuleOfThePoliciesThatFailsIsToldBesideTheReport() throws {
    let policies = folder.path("policies")
    try FileManager.default.createDirectory(
      atPath: policies + "/rules", withIntermediateDirectories: true)
    let rule = """
      groups:
      - name: g
        rules:
        - {alert: Crossed, expr: http_requests_total * on (service) http_requests_total > 0}
      """
    try rule.write(toFile: policies + "/rules/bad.yml", atomically: true, encoding: .utf8)
    let result = try AnalysisCommands.report(
      AnalysisPlan(bundlePath: bundle, policiesDirectory: policies), into: folder.path("out"),
      as: Self.text)
    #expect(result.note?.contains("policies/rules: Crossed failed at") == true)
    #expect(result.note?.contains("many-to-many matching not allowed") == true)
    #expect(result.exitCode == .done)
  }

  @Test func mistakesInRulesAreAUsageErrorWithTheirLine() throws {
    let plan = try rules("groups:\n- name: g\n  rules:\n  - {alert: A, expr: 'sum('}\n")
    let failure = #expect(throws: AnalysisFailure.self) {
      try AnalysisCommands.rules(plan, as: Self.text)
    }
    #expect(failure?.exitCode == .usage)
    #expect(failure?.description.contains("rules.yml:4: groups[0].rules[0].expr") == true)
  }

  @Test func aBundleWithoutRulesAsksForAFile() throws {
    let failure = #expect(throws: AnalysisFailure.self) {
      try AnalysisCommands.rules(RulesPlan(bundlePath: bundle, ruleFiles: []), as: Self.text)
    }
    #expect(failure?.description.contains("--rules FILE") == true)
  }

  @Test func theReportReplaysTheBurnRulesOfThePolicies() throws {
    let analysis = try AnalysisRun.analyze(AnalysisPlan(bundlePath: bundle, threads: 2)).analysis
    let minutes = { (instant: Timestamp?) in
      instant.map { ($0 - SmallOutage.window.start).nanoseconds / 60_000_000_000 }
    }
    // 5m: burn 25 from minute 61, for 2 m. 1h/5m: 9 × 300 of 59 × 600 requests are 15.3 times
    // 0.5 %. 30m: above 1 from minute 61, for 10 m, until the window has no failure left.
    #expect(
      analysis.replayedAlerts.map(\.name) == [
        "ErrorBudgetBurn5m", "ErrorBudgetBurn1hAnd5m", "ErrorBudgetBurn30m",
      ])
    #expect(analysis.replayedAlerts.map { minutes($0.firstPending) } == [61, 69, 61])
    #expect(analysis.replayedAlerts.map { minutes($0.firstFired) } == [63, 69, 71])
    #expect(analysis.replayedAlerts.map { minutes($0.resolved) } == [84, 84, 109])
    #expect(analysis.replayedAlerts.map(\.severity) == ["page", "page", "warn"])
  }
}
