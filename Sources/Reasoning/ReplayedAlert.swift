import Telemetry

/// An alert of rule files that would have fired, had they been loaded.
public struct ReplayedAlert: Hashable, Sendable {
  /// The alert's name.
  public let name: String
  /// Its labels without the name.
  public let labels: LabelSet
  /// The rule group.
  public let group: String
  /// The first step at which its expression held.
  public let firstPending: Timestamp
  /// The first step at which it fired.
  public let firstFired: Timestamp
  /// The step at which it was over the last time; nil when it still fired at the end.
  public let resolved: Timestamp?
  /// How many times it fired.
  public let firings: Int
  /// Its `severity` label; empty when it has none.
  public let severity: String
  /// What it says of itself: its annotations when it first fired, by name.
  public let annotations: [Label]

  /// Makes an alert.
  public init(
    name: String, labels: LabelSet, group: String, firstPending: Timestamp, firstFired: Timestamp,
    resolved: Timestamp?, firings: Int, severity: String, annotations: [Label]
  ) {
    self.name = name
    self.labels = labels
    self.group = group
    self.firstPending = firstPending
    self.firstFired = firstFired
    self.resolved = resolved
    self.firings = firings
    self.severity = severity
    self.annotations = annotations
  }
}
