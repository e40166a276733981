import Foundation
import Rules
import Testing

@testable import Conformance

@Suite struct RuleSuiteTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/suites/promqltest/rules").path
  private static let isThere = FileManager.default.fileExists(atPath: folder)

  @Test(.enabled(if: isThere, "../shared/suites/promqltest/rules is not here"))
  func promtoolsOwnTestsPassAndFailAsTheyShould() throws {
    let suite = try RuleSuite(runningTestsIn: Self.folder)
    #expect(suite.outcomes.count > 40)
    #expect(suite.isClean, "\(suite.text)")
  }

  private func verdicts(of text: String) throws -> [Bool] {
    let rules = """
      groups:
      - name: g
        rules:
        - {alert: Down, expr: up == 0, for: 1m, annotations: {s: "{{ $labels.job }}"}}
        - {record: twice, expr: up * 2}
      """
    let file = try #require(try RuleTestReader.file(name: "t.yml", text: text))
    let groups = try RuleFile.groups(in: [("r.yml", rules)])
    return RuleTestRun(file: file, groups: groups).outcomes().map {
      if case .passed = $0.verdict { true } else { false }
    }
  }

  @Test func wrongExpectationsOfAlertsAndValuesFail() throws {
    let verdicts = try verdicts(
      of: """
        tests:
        - interval: 1m
          input_series: [{series: 'up{job="a"}', values: '0x5'}]
          alert_rule_test:
          - {eval_time: 1m, alertname: Down, exp_alerts: [{exp_labels: {job: a}, exp_annotations: {s: a}}]}
          - {eval_time: 1m, alertname: Down, exp_alerts: [{exp_labels: {job: a}}]}
          - {eval_time: 30s, alertname: Down, exp_alerts: []}
          - {eval_time: 1m, alertname: Down}
          promql_expr_test:
          - {expr: twice, eval_time: 1m, exp_samples: [{labels: 'twice{job="a"}', value: 0}]}
          - {expr: twice, eval_time: 1m, exp_samples: [{labels: 'twice{job="a"}', value: 1}]}
          - {expr: twice, eval_time: 1m}
        """)
    #expect(verdicts == [true, false, true, false, true, false, false])
  }
}
