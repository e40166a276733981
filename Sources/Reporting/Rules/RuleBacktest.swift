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

  /// Makes a back-test.
  public init(
    bundleID: String, window: TimeRange, sources: [String], ruleCount: Int,
    result: RuleReplayResult, comparison: AlertComparison?, sight: RuleSight
  ) {
    self.bundleID = bundleID
    self.window = window
    self.sources = sources
    self.ruleCount = ruleCount
    self.result = result
    self.comparison = comparison
    self.sight = sight
  }

  /// What stands beside the replayed alert at `index`.
  func match(at index: Int) -> AlertComparison.Match? {
    comparison.flatMap { $0.matches[index] }
  }

  /// Metrics that rules read and the bundle does not hold, each with the alerts; sentences.
  var notes: [String] {
    let names = sight.limits.keys.sorted { $0.precedesInBytes($1) }
    return names.compactMap { name in
      guard let absent = sight.limits[name]?.absentMetrics, !absent.isEmpty else { return nil }
      return
        "\(name) reads metrics that the bundle does not hold: \(absent.joined(separator: ", "))"
    }
  }

  /// Every difference from the recorded alerts in order: which alert, and what explains it.
  public var differences: [(labels: LabelSet, explanation: String)] {
    guard let comparison else { return [] }
    var found: [(labels: LabelSet, explanation: String)] = []
    for (alert, match) in zip(result.alerts, comparison.matches) {
      guard let match, let firing = alert.firingAt else { continue }
      if case .agrees = match { continue }
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
