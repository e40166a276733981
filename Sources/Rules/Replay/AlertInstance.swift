import PromQL
import Telemetry

/// One time that an alert was pending or firing, from its first step to the step it was over.
public struct AlertInstance: Sendable {
  /// The alert's name.
  public let name: String
  /// The group of its rule.
  public let group: String
  /// The labels, `alertname` among them.
  public let labels: LabelSet
  /// The expanded annotations at the step it fired, or at its first when it never did; by name.
  public internal(set) var annotations: [Label]
  /// The first step at which the expression gave the series.
  public let pendingAt: Timestamp
  /// The step it began to fire; nil when it was over before.
  public internal(set) var firingAt: Timestamp?
  /// The first step at which it was neither pending nor firing; nil when it was still open at the
  /// end.
  public internal(set) var resolvedAt: Timestamp?
  /// The expression's value when it fired, or at its first step when it never did.
  public internal(set) var value: Double

  /// Sorts by the first step, name and labels, then group.
  static func precedes(_ left: AlertInstance, _ right: AlertInstance) -> Bool {
    if left.pendingAt != right.pendingAt { return left.pendingAt < right.pendingAt }
    if !left.name.hasSameBytes(as: right.name) { return left.name.precedesInBytes(right.name) }
    if left.labels != right.labels { return left.labels < right.labels }
    return left.group.precedesInBytes(right.group)
  }
}

/// The alerts of one rule that were firing at an instant.
public struct AlertSnapshot: Sendable {
  /// The alert's name.
  public let name: String
  /// The step.
  public let time: Timestamp
  /// The labels and expanded annotations of each firing alert.
  public let firing: [(labels: LabelSet, annotations: [Label])]
}

/// Why a rule gave nothing at one or more steps.
public struct RuleFailure: Hashable, Sendable {
  /// The rule's group.
  public let group: String
  /// The alert or recorded metric.
  public let rule: String
  /// The first step at which it failed.
  public let firstAt: Timestamp
  /// How many steps failed.
  public internal(set) var count: Int
  /// What went wrong at the first.
  public let message: String
}

/// What a replay of rules gave.
public struct RuleReplayResult: Sendable {
  /// Every alert, by its first step, name and labels.
  public let alerts: [AlertInstance]
  /// The recorded series, `ALERTS` and `ALERTS_FOR_STATE`, sorted by labels.
  public let recorded: [SampleColumn]
  /// The rules that failed, in order of their groups.
  public let failures: [RuleFailure]
  /// The firing alerts at the instants that were asked for, by rule and time.
  public let snapshots: [AlertSnapshot]

  /// The recorded series together with what the rules wrote.
  public func source(over base: any SeriesSource) -> any SeriesSource {
    LayeredSource(
      base: base, hiddenMetrics: [], layers: [(columns: recorded, horizon: .max)], horizon: .max)
  }
}
