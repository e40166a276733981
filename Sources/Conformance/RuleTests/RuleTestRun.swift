import Canonical
import PromQL
import Rules
import Telemetry

/// Runs a unit test of rules as `promtool test rules` does.
///
/// - Source: prometheus/prometheus, cmd/promtool/unittest.go.
public struct RuleTestRun: Sendable {
  private let file: RuleTestFile
  private let groups: [RuleGroup]

  /// Makes a run of a file over the rules it names.
  public init(file: RuleTestFile, groups: [RuleGroup]) {
    self.file = file
    let order = file.groupOrder
    let position = { (group: RuleGroup) in order.firstIndex(of: group.name) ?? 0 }
    self.groups = groups.enumerated()
      .sorted { left, right in
        let (first, second) = (position(left.element), position(right.element))
        return first == second ? left.offset < right.offset : first < second
      }
      .map { _, group in
        // promtool evaluates every group at every step, whatever its own interval.
        var group = group
        group.interval = file.interval
        return group
      }
  }

  /// The outcomes of every test, in order: its alerts, then its expressions.
  public func outcomes() -> [RuleTestOutcome] { file.tests.flatMap(outcomes(of:)) }

  private func outcomes(of test: RuleTestFile.Test) -> [RuleTestOutcome] {
    let last = step(at: test.end)
    var storage = LoadedSeries()
    for series in test.series {
      storage.add(
        series.upTo(last, step: test.interval),
        step: test.interval.nanoseconds / 1_000_000)
    }
    var options = RuleReplayOptions()
    options.query.defaultSubqueryStep = file.interval
    options.defaultInterval = file.interval
    options.externalLabels = test.externalLabels
    options.externalURL = test.externalURL
    options.replacesRecordedMetrics = false
    options.snapshotTimes = Set(test.alerts.map { step(at: $0.time) })
    let replay = RuleReplay(groups: groups, source: storage.table, options: options)
    do {
      let result = try replay.result(from: Self.start, to: last)
      if let failure = result.failures.first {
        return [
          outcome(test, "rule \(failure.rule)", .failed("the rule fails: \(failure.message)"))
        ]
      }
      let engine = QueryEngine(
        source: result.source(over: storage.table), options: options.query)
      return test.alerts.map { check($0, of: test, in: result.snapshots) }
        + test.expressions.map { check($0, of: test, with: engine) }
    } catch {
      return [outcome(test, "replay", .failed("\(error)"))]
    }
  }

  private static let start = Timestamp(nanoseconds: 0)

  /// The evaluation that is the last one at `time`.
  private func step(at time: TimeSpan) -> Timestamp {
    let interval = max(1, file.interval.nanoseconds)
    return Timestamp(nanoseconds: time.nanoseconds / interval * interval)
  }

  private func outcome(
    _ test: RuleTestFile.Test, _ subject: String, _ verdict: StatementVerdict
  ) -> RuleTestOutcome {
    RuleTestOutcome(file: file.name, test: test.name, subject: subject, verdict: verdict)
  }

  private func check(
    _ alert: RuleTestFile.AlertCase, of test: RuleTestFile.Test, in snapshots: [AlertSnapshot]
  ) -> RuleTestOutcome {
    let time = step(at: alert.time)
    let found = snapshots.filter { $0.time == time && $0.name.hasSameBytes(as: alert.name) }
      .flatMap(\.firing).map { (labels: $0.labels, annotations: LabelSet($0.annotations)) }
    let texts = { (alerts: [(labels: LabelSet, annotations: LabelSet)]) in
      alerts.map { "\($0.labels.notation) \($0.annotations.notation)" }
        .sorted { $0.precedesInBytes($1) }
    }
    let (expected, got) = (texts(alert.expected), texts(found))
    let subject = "alertname: \(alert.name), time: \(Canonical.text(alert.time))"
    return outcome(
      test, subject,
      expected == got ? .passed : .failed("exp: \(expected), got: \(got)"))
  }

  private func check(
    _ expression: RuleTestFile.ExpressionCase, of test: RuleTestFile.Test,
    with engine: QueryEngine
  ) -> RuleTestOutcome {
    let subject = "expr: \(expression.query), time: \(Canonical.text(expression.time))"
    do {
      let result = try engine.result(
        of: Expression.parse(expression.query), at: Self.start + expression.time)
      return outcome(test, subject, verdict(on: result, expected: expression.expected))
    } catch QueryError.needsNativeHistograms(let metric) {
      return outcome(test, subject, .apart(.nativeHistograms(metric)))
    } catch QueryError.unsupported(let what) {
      return outcome(test, subject, .apart(.experimental(what)))
    } catch {
      return outcome(test, subject, .failed("err: \(error)"))
    }
  }

  private func verdict(
    on result: QueryResult, expected: [(labels: LabelSet, value: NotatedValue)]
  ) -> StatementVerdict {
    var wanted: [(labels: LabelSet, value: Double)] = []
    for sample in expected {
      guard case .number(let value) = sample.value else {
        return .apart(.nativeHistograms(sample.labels.notation))
      }
      wanted.append((sample.labels, value))
    }
    wanted.sort { $0.labels < $1.labels }
    let found = StepFeed.samples(of: result).sorted { $0.labels < $1.labels }
    let isEqual =
      wanted.count == found.count
      && zip(wanted, found).allSatisfy { $0.labels == $1.labels && isSame($0.value, $1.value) }
    guard !isEqual else { return .passed }
    let text = { (labels: LabelSet, value: Double) in "\(labels.notation) \(value)" }
    return .failed(
      "exp: \(wanted.map { text($0.labels, $0.value) }),"
        + " got: \(found.map { text($0.labels, $0.value) })")
  }

  /// Equal, or with `fuzzy_compare` at most one bit apart.
  private func isSame(_ left: Double, _ right: Double) -> Bool {
    left == right || file.isFuzzy && (left.nextUp == right || left.nextDown == right)
  }
}

/// How one expectation of a unit test of rules went.
public struct RuleTestOutcome: Sendable {
  /// The test file.
  public let file: String
  /// The test's name.
  public let test: String
  /// What was looked at.
  public let subject: String
  /// How it went.
  public let verdict: StatementVerdict
}

extension NotatedSeries {
  /// The values up to an instant, the first of them at the epoch.
  fileprivate func upTo(_ end: Timestamp, step: TimeSpan) -> NotatedSeries {
    let count = Int(end.nanoseconds / max(1, step.nanoseconds)) + 1
    return NotatedSeries(labels: labels, values: Array(values.prefix(count)))
  }
}
