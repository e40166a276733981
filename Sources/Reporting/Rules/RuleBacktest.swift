import Canonical
import Rules
import Telemetry

/// Rules replayed over a bundle, beside what the bundle recorded of them.
public struct RuleBacktest: Sendable {
  /// The bundle's digest.
  public let bundleID: String
  /// The time the rules were replayed for.
  public let window: TimeRange
  /// The files the rules were read from.
  public let sources: [String]
  /// How many rules there are.
  public let ruleCount: Int
  /// What the replay gave.
  public let result: RuleReplayResult
  /// The comparison with the recorded `ALERTS`; nil when the bundle holds none.
  public let comparison: AlertComparison?
  /// What the rules could not see.
  public let sight: RuleSight
  /// Expressions that were read as LogQL, over the log lines.
  public let logExpressions: [String]
  /// Selectors of rules with a label that no series has; sentences.
  public let unmatched: [String]

  /// Makes a back-test.
  public init(
    bundleID: String, window: TimeRange, sources: [String], ruleCount: Int,
    result: RuleReplayResult, comparison: AlertComparison?, sight: RuleSight,
    logExpressions: [String] = [], unmatched: [String] = []
  ) {
    self.bundleID = bundleID
    self.window = window
    self.sources = sources
    self.ruleCount = ruleCount
    self.result = result
    self.comparison = comparison
    self.sight = sight
    self.logExpressions = logExpressions
    self.unmatched = unmatched
  }

  /// What stands beside the replayed alert at `index`.
  func match(at index: Int) -> AlertComparison.Match? {
    comparison.flatMap { $0.matches[index] }
  }

  /// What the rules could not see; sentences.
  var notes: [String] {
    unmatched + absences + leadIn + logExpressions.map { "read as LogQL, over log lines: \($0)" }
  }

  /// Metrics that alerts read and the bundle does not hold; alerts that lack the same are named
  /// together. Those that can say nothing at all are told elsewhere.
  private var absences: [String] {
    let names = sight.limits.keys.filter { !sight.blindRules.contains($0) }
      .sorted { $0.precedesInBytes($1) }
    var groups: [(absent: String, names: [String])] = []
    for name in names {
      let absent = (sight.limits[name]?.absentMetrics ?? []).joined(separator: ", ")
      guard !absent.isEmpty else { continue }
      if let index = groups.firstIndex(where: { $0.absent.hasSameBytes(as: absent) }) {
        groups[index].names.append(name)
      } else {
        groups.append((absent, [name]))
      }
    }
    return groups.map { group in
      "\(group.names.joined(separator: ", ")): of what is read, the bundle does not hold"
        + " \(group.absent)"
    }
  }

  /// That early states rest on less than their rules look back.
  private var leadIn: [String] {
    let early = sight.limits.filter { name, limit in
      limit.warmUp > .zero
        && result.alerts.contains {
          $0.name == name && $0.pendingAt < window.start + limit.warmUp
        }
    }.sorted { $0.key.precedesInBytes($1.key) }
    guard !early.isEmpty else { return [] }
    let texts = early.map { "\($0.key) by \(Canonical.text($0.value.warmUp))" }
    return [
      "the data begins at \(Canonical.text(window.start)), and these look back beyond it in their"
        + " first states, so those can come late, early or not at all: "
        + texts.joined(separator: ", ")
    ]
  }

  /// Every difference from the recorded alerts in order: which alert, and what explains it.
  public var differences: [(labels: LabelSet, explanation: String)] {
    guard let comparison else { return [] }
    var found: [(labels: LabelSet, explanation: String)] = []
    for (alert, match) in zip(result.alerts, comparison.matches) {
      guard let match, let firing = alert.firingAt else { continue }
      if case .agrees = match { continue }
      if case .unknown = match { continue }
      found.append((alert.labels, explanation(alert.name, at: firing)))
    }
    return found
      + comparison.recordedOnly.map {
        ($0.labels, explanation($0.labels["alertname"] ?? "", at: $0.start))
      }
  }

  /// How many replayed firings the recorded alerts confirm.
  public var agreements: Int {
    comparison?.matches.count { if case .agrees = $0 { true } else { false } } ?? 0
  }

  private func explanation(_ name: String, at start: Timestamp) -> String {
    sight.explanation(of: name, at: start, from: window.start)
  }
}
