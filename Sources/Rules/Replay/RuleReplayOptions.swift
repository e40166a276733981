import PromQL
import Telemetry

/// How rules are replayed.
public struct RuleReplayOptions: Sendable {
  /// How expressions are evaluated.
  public var query = QueryOptions()
  /// How one expression is evaluated, when it depends on what it reads; `query` otherwise.
  public var queryOfExpression: (@Sendable (Expression) -> QueryOptions)?
  /// The interval of a group that names none (`evaluation_interval`).
  public var defaultInterval: TimeSpan = .minutes(1)
  /// The labels a server adds to what it sends, for templates.
  public var externalLabels = LabelSet.empty
  /// Where the server is found, for templates.
  public var externalURL = ""
  /// Whether what the rules write replaces recorded series of the same metrics. Otherwise both are
  /// there, as in a server that has both.
  public var replacesRecordedMetrics = true
  /// Whether a group with a known evaluation is evaluated at multiples of its interval from there.
  public var keepsRecordedPhase = false
  /// Instants at which the firing alerts are wanted, each a step of every alerting group.
  public var snapshotTimes: Set<Timestamp> = []

  /// The most steps of a group; the rules of a group with more fail. A month of minutes has 43,200.
  public var stepLimit = 100_000

  /// Evaluates every rule step by step; for tests, since both ways must agree.
  var isAlwaysStepwise = false

  /// The usual options.
  public init() {}
}
