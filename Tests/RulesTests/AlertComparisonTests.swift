import PromQL
import Telemetry
import Testing

@testable import Rules

@Suite struct AlertComparisonTests {
  private static let labels = LabelSet(["alertname": "Down", "job": "a"])

  private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

  private func replayed(from start: Int64, to end: Int64?) -> AlertInstance {
    AlertInstance(
      name: "Down", group: "g", labels: Self.labels, annotations: [], pendingAt: at(start - 60),
      firingAt: at(start), resolvedAt: end.map(at), value: 1)
  }

  private func recorded(from start: Int64, to end: Int64?) -> FiringInterval {
    FiringInterval(labels: Self.labels, start: at(start), end: end.map(at))
  }

  private func compare(_ alerts: [AlertInstance], _ intervals: [FiringInterval]) -> AlertComparison
  {
    AlertComparison(
      of: alerts, with: intervals, names: ["Down"], tolerance: .seconds(15),
      resolution: .seconds(15))
  }

  @Test(arguments: [
    // The recording shows a change up to its step later, and the evaluations may be one apart.
    (1000, 2000, 1000, 2000, true), (1000, 2000, 1030, 2030, true),
    (1000, 2000, 985, 1985, true), (1000, 2000, 1031, 2000, false),
    (1000, 2000, 984, 2000, false), (1000, 2000, 1000, 2031, false),
  ])
  func firingsAgreeWhenBothEndsAreNear(
    start: Int64, end: Int64, recordedStart: Int64, recordedEnd: Int64, expected: Bool
  ) {
    let comparison = compare(
      [replayed(from: start, to: end)], [recorded(from: recordedStart, to: recordedEnd)])
    let agrees = if case .agrees? = comparison.matches[0] { true } else { false }
    #expect(agrees == expected)
    #expect(comparison.recordedOnly.isEmpty)
  }

  @Test func openEndsAgreeOnlyWithEachOther() {
    let open = compare([replayed(from: 1000, to: nil)], [recorded(from: 1000, to: nil)])
    let closed = compare([replayed(from: 1000, to: nil)], [recorded(from: 1000, to: 2000)])
    #expect(open.matches[0] == .agrees(recorded(from: 1000, to: nil)))
    #expect(
      closed.matches[0] == .differs(recorded(from: 1000, to: 2000), start: .zero, end: nil))
  }

  @Test func eachRecordedFiringStandsBesideOneReplayed() {
    let comparison = compare(
      [replayed(from: 1000, to: 1100), replayed(from: 1110, to: 1200)],
      [recorded(from: 1000, to: 1200), recorded(from: 5000, to: 6000)])
    #expect(comparison.matches[1] == AlertComparison.Match.none)
    #expect(comparison.recordedOnly == [recorded(from: 5000, to: 6000)])
  }

  @Test func recordedFiringsComeFromStretchesOfSamples() throws {
    let column = SampleColumn(
      labels: LabelSet([
        "__name__": "ALERTS", "alertname": "Down", "alertstate": "firing", "job": "a",
      ]),
      times: [0, 15_000, 30_000, 60_000, 75_000], values: [1, 1, .absent, 1, 1])
    let pending = SampleColumn(
      labels: LabelSet([
        "__name__": "ALERTS", "alertname": "Down", "alertstate": "pending", "job": "a",
      ]),
      times: [0], values: [1])
    let found = try FiringInterval.recorded(
      in: SeriesTable([column, pending]), from: at(0), to: at(100))
    #expect(found == [recorded(from: 0, to: 30), recorded(from: 60, to: nil)])
  }

  @Test func differencesAreExplained() throws {
    let groups = try RuleFile.groups(in: [
      (
        "r.yml",
        """
        groups:
        - name: g
          rules:
          - {record: r, expr: "rate(m_total[1h])"}
          - {alert: Slow, expr: r > 1, for: 5m}
          - {alert: Blind, expr: gone > 1}
        """
      )
    ])
    let sight = RuleSight(
      of: groups, reach: { $0.text.contains("1h") ? .minutes(60) : .zero },
      holds: { $0 == "m_total" })
    #expect(sight.limits["Slow"]?.warmUp == .minutes(65))
    #expect(
      sight.explanation(of: "Blind", at: at(9000), from: at(0))
        == "its rule reads gone, which the bundle does not hold")
    #expect(
      sight.explanation(of: "Slow", at: at(3600), from: at(0))
        == "its state rests on what came before the window")
    #expect(sight.explanation(of: "Slow", at: at(4000), from: at(0)).contains("scrapes"))
  }
}
