import PromQL
import Telemetry
import Testing

@testable import Rules

@Suite struct RuleReplayTests {
  private func column(_ labels: KeyValuePairs<String, String>, _ values: [Double]) -> SampleColumn {
    SampleColumn(
      labels: LabelSet(labels), times: values.indices.map { Int64($0) * 60_000 }, values: values)
  }

  private func replay(
    _ rules: String, over columns: [SampleColumn], minutes: Int64,
    _ adjust: (inout RuleReplayOptions) -> Void = { _ in }
  ) throws -> RuleReplayResult {
    let text = "groups:\n- name: g\n  rules:\n" + rules
    var options = RuleReplayOptions()
    adjust(&options)
    return try RuleReplay(
      groups: RuleFile.groups(in: [("r.yml", text)]), source: SeriesTable(columns),
      options: options
    ).result(from: Timestamp(seconds: 0), to: Timestamp(seconds: minutes * 60))
  }

  private func minute(_ instant: Timestamp?) -> Int64? {
    instant.map { $0.milliseconds / 60_000 }
  }

  @Test func anAlertIsPendingThenFiringThenResolved() throws {
    let up = column(["__name__": "up", "job": "a"], [1, 1, 0, 0, 0, 0, 1, 1, 0, 1])
    let result = try replay(
      """
        - alert: Down
          expr: up == 0
          for: 2m
          labels: {severity: page, on: "{{ $labels.job }}"}
          annotations: {text: "{{ $labels.job }} {{ $value }}"}
      """, over: [up], minutes: 9)
    let alerts = result.alerts
    #expect(alerts.map { minute($0.pendingAt) } == [2, 8])
    #expect(alerts.map { minute($0.firingAt) } == [4, nil])
    #expect(alerts.map { minute($0.resolvedAt) } == [6, 9])
    let first = try #require(alerts.first)
    #expect(
      first.labels
        == LabelSet(["alertname": "Down", "job": "a", "on": "a", "severity": "page"]))
    #expect(first.annotations.map(\.value) == ["a 0"] && first.value == 0)
    let firing = try #require(
      result.recorded.first { $0.labels["alertstate"] == "firing" })
    #expect(firing.times == [240_000, 300_000, 360_000])
    #expect(firing.values.map(\.isAbsent) == [false, false, true])
    let since = try #require(
      result.recorded.first { $0.labels.metricName == "ALERTS_FOR_STATE" })
    #expect(since.values.first == 120)
  }

  @Test func anAlertGoesOnFiringAsLongAsItIsKept() throws {
    let up = column(["__name__": "up"], [0, 1, 0, 1, 1, 1, 1])
    let result = try replay(
      "  - {alert: Down, expr: up == 0, keep_firing_for: 2m}\n", over: [up], minutes: 6)
    #expect(result.alerts.count == 1)
    #expect(minute(result.alerts.first?.resolvedAt) == 5)
  }

  @Test func aRecordedSeriesFeedsLaterRules() throws {
    let up = column(["__name__": "up", "job": "a"], [0, 1, 2, 3])
    let result = try replay(
      """
        - {record: twice, expr: up * 2, labels: {by: rule}}
        - {record: again, expr: twice + 1}
        - {alert: High, expr: again > 4}
      """, over: [up], minutes: 3)
    let again = try #require(result.recorded.first { $0.labels.metricName == "again" })
    #expect(again.values == [1, 3, 5, 7])
    #expect(again.labels == LabelSet(["__name__": "again", "by": "rule", "job": "a"]))
    #expect(minute(result.alerts.first?.firingAt) == 2)
  }

  @Test func aRuleSeesItsOwnAndLaterOutputAsOfTheStepBefore() throws {
    let result = try replay(
      """
        - {record: count, expr: count + 1 or vector(1)}
        - {record: early, expr: late}
        - {record: late, expr: vector(time())}
      """, over: [], minutes: 3)
    let values = { (name: String) in
      result.recorded.first { $0.labels.metricName == name }?.values ?? []
    }
    #expect(values("count") == [1, 2, 3, 4])
    #expect(values("early") == [0, 60, 120])
  }

  @Test func aRuleMayReadAlerts() throws {
    let up = column(["__name__": "up"], [0, 0, 0, 0])
    let result = try replay(
      """
        - {alert: Down, expr: up == 0, for: 1m}
        - {record: firing, expr: 'count(ALERTS{alertstate="firing"})'}
      """, over: [up], minutes: 3)
    let firing = try #require(result.recorded.first { $0.labels.metricName == "firing" })
    #expect(firing.times == [60_000, 120_000, 180_000])
  }

  @Test func aFailingStepChangesNothing() throws {
    let columns = [
      column(["__name__": "m", "a": "1"], [1, 1, 1, 1]),
      column(["__name__": "m", "a": "2"], [.absent, 1, .absent, .absent]),
    ]
    let result = try replay(
      "  - {record: one, expr: \"m * on() group_left() count by (a) (m)\"}\n", over: columns,
      minutes: 3)
    #expect(result.failures.map(\.count) == [1])
    #expect(result.recorded.map(\.times) == [[0, 120_000, 180_000]])
  }

  @Test func theFutureIsNotSeen() throws {
    let up = column(["__name__": "up"], [0, 1, 2, 3])
    let result = try replay(
      "  - {record: next, expr: up offset -1m}\n  - {record: fixed, expr: up @ 120}\n",
      over: [up], minutes: 3)
    let fixed = result.recorded.first { $0.labels.metricName == "fixed" }
    #expect(fixed?.times == [0, 60_000, 120_000, 180_000])
    #expect(fixed?.values == [0, 1, 2, 2])
    let next = result.recorded.first { $0.labels.metricName == "next" }
    #expect(next?.values == [0, 1, 2, 3])
  }

  @Test func tooManySeriesFailTheRule() throws {
    let text = """
      groups:
      - {name: g, limit: 1, rules: [{record: x, expr: m}, {alert: A, expr: m}]}
      """
    let columns = ["1", "2"].map { column(["__name__": "m", "a": $0], [1, 1]) }
    let result = try RuleReplay(
      groups: RuleFile.groups(in: [("r.yml", text)]), source: SeriesTable(columns)
    ).result(from: Timestamp(seconds: 0), to: Timestamp(seconds: 60))
    #expect(
      result.failures.map(\.message) == [
        "exceeded limit of 1 with 2 series", "exceeded limit of 1 with 2 alerts",
      ])
    #expect(result.recorded.isEmpty)
  }

  @Test func tooManyStepsAreRefused() throws {
    let text = "groups: [{name: g, interval: 1ms, rules: [{record: x, expr: x or vector(1)}]}]"
    let result = try RuleReplay(
      groups: RuleFile.groups(in: [("r.yml", text)]), source: SeriesTable([])
    ).result(from: Timestamp(seconds: 0), to: Timestamp(seconds: 10_000_000))
    #expect(result.failures.map(\.count) == [10_000_000_001])
    #expect(result.recorded.isEmpty)
  }

  @Test func bothWaysOfEvaluatingAgree() throws {
    let columns = (0..<4).map { (index: Int) -> SampleColumn in
      let values = (0..<60).map { (step: Int) -> Double in
        step % (7 + index) == 0 ? .absent : Double(step * index % 23)
      }
      return column(["__name__": "m_total", "pod": "p\(index)"], values)
    }
    let rules = """
        - {record: r, expr: "sum by (pod) (rate(m_total[5m]))"}
        - {record: mean, expr: "avg_over_time(r[10m]) > 0.01"}
        - {alert: Fast, expr: r > 0.05, for: 3m, labels: {v: "{{ $value | humanize }}"}}
        - {alert: Gone, expr: absent(m_total), keep_firing_for: 2m}
        - {record: n, expr: "count(ALERTS) by (alertname, alertstate)"}
      """
    let columnar = try replay(rules, over: columns, minutes: 65)
    let stepwise = try replay(rules, over: columns, minutes: 65) { $0.isAlwaysStepwise = true }
    #expect(!columnar.alerts.isEmpty && columnar.recorded.count > 4)
    #expect("\(columnar.alerts)" == "\(stepwise.alerts)")
    #expect("\(columnar.recorded)" == "\(stepwise.recorded)")
  }
}
