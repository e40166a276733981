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
  /// What rules could not see, such as metrics that the bundle does not hold; each a sentence.
  public let notes: [String]

  /// Makes a back-test.
  public init(
    bundleID: String, window: TimeRange, sources: [String], ruleCount: Int,
    result: RuleReplayResult, comparison: AlertComparison?, notes: [String]
  ) {
    self.bundleID = bundleID
    self.window = window
    self.sources = sources
    self.ruleCount = ruleCount
    self.result = result
    self.comparison = comparison
    self.notes = notes
  }

  /// What stands beside the replayed alert at `index`.
  func match(at index: Int) -> AlertComparison.Match? {
    comparison.flatMap { $0.matches[index] }
  }
}
