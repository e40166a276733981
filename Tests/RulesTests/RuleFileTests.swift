import Canonical
import Policies
import PromQL
import Telemetry
import Testing

@testable import Rules

@Suite struct RuleFileTests {
  @Test func aFileIsReadWhole() throws {
    let groups = try RuleFile.groups(in: [
      (
        "a.yml",
        """
        groups:
          - name: burn
            interval: 30s
            query_offset: 1m
            limit: 10
            labels: {team: a, severity: none}
            rules:
              - record: job:errors:rate5m
                expr: sum by (job) (rate(errors_total[5m]))
              - alert: Burn
                expr: job:errors:rate5m > 1
                for: 2m
                keep_firing_for: 5m
                labels: {severity: page}
                annotations: {summary: "{{ $labels.job }}"}
        """
      )
    ])
    let group = try #require(groups.first)
    #expect(group.interval == .seconds(30) && group.queryOffset == .minutes(1))
    #expect(group.limit == 10 && group.rules.map(\.name) == ["job:errors:rate5m", "Burn"])
    #expect(group.rules[1].labels.map { "\($0.name)=\($0.value)" } == ["severity=page", "team=a"])
    guard case .alerting(let alert) = group.rules[1].kind else {
      Issue.record("no alert")
      return
    }
    #expect(alert.hold == .minutes(2) && alert.keepFiring == .minutes(5))
  }

  @Test func everyMistakeIsNamedWithItsLine() {
    let text = """
      groups:
        - name: a
          intervall: 30s
          rules:
            - record: x
              alert: y
              expr: up
            - alert: Z
              expr: sum(
              for: soon
            - record: r
              expr: up
              for: 1m
            - alert: T
              expr: up
              annotations: {summary: "{{ nothing }}"}
        - name: a
          rules: []
      """
    let error = #expect(throws: PolicyError.self) {
      try RuleFile.groups(in: [("a.yml", text)])
    }
    let places = error?.problems.map { "\($0.line) \($0.key)" } ?? []
    #expect(
      places == [
        "3 groups[0].intervall", "5 groups[0].rules[0]", "9 groups[0].rules[1].expr",
        "10 groups[0].rules[1].for", "13 groups[0].rules[2].for",
        "16 groups[0].rules[3].annotations", "17 groups[1]",
      ])
  }

  @Test func theSameRuleTwiceIsAMistake() {
    let rule = "{record: x, expr: up}"
    #expect(throws: PolicyError.self) {
      try RuleFile.groups(in: [("a.yml", "groups: [{name: g, rules: [\(rule), \(rule)]}]")])
    }
  }

  @Test func theAnswerOfAServerIsRules() throws {
    let groups = try RuleFile.groups(in: [
      (
        "rules.json",
        """
        {"status": "success", "data": {"groups": [{"name": "g", "file": "/etc/r.yml",
        "interval": 15, "limit": 0, "lastEvaluation": "2026-01-01T00:00:07.5Z", "evaluationTime": 0.1,
        "rules": [{"type": "alerting", "name": "Down", "query": "up == 0", "duration": 60,
        "keepFiringFor": 0, "labels": {"severity": "page"}, "annotations": {}, "alerts": [],
        "state": "firing", "health": "ok"},
        {"type": "recording", "name": "x", "query": "sum(up)", "labels": {}, "health": "ok"}]}]}}
        """
      )
    ])
    #expect(groups.map(\.interval) == [.seconds(15)])
    #expect(groups.first?.rules.map(\.name) == ["Down", "x"])
    #expect(groups.first?.evaluatedAt?.milliseconds == 1_767_225_607_500)
  }

  @Test(arguments: [
    // The server's clock stands at 7.5 s of each 15 s, and its alerts became active at it.
    ("2026-01-01T00:00:22.5Z", "2026-01-01T00:01:07.5Z"),
    // They did not: it replayed history, evaluated at whole multiples.
    ("2026-01-01T00:00:30Z", "2026-01-01T00:00:30Z"),
  ])
  func theTimesOfAlertsTellWhenGroupsWereEvaluated(active: String, expected: String) throws {
    let text = """
      {"status": "success", "data": {"groups": [
      {"name": "a", "interval": 15, "lastEvaluation": "2026-01-01T00:01:07.5Z", "rules": [
      {"type": "alerting", "name": "Down", "query": "up == 0", "alerts": [
      {"activeAt": "\(active)", "labels": {}}]}]},
      {"name": "b", "interval": 15, "lastEvaluation": "2026-01-01T00:01:07.5Z", "rules": []}]}}
      """
    let groups = try RuleFile.groups(in: [("rules.json", text)])
    let time = Canonical.timestamp(expected)
    #expect(groups.map(\.evaluatedAt) == [time, time])
  }
}
