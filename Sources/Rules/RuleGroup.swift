import PromQL
import Telemetry

/// Rules that are evaluated together, one after the other.
public struct RuleGroup: Sendable {
  /// The group's name, unique in its file.
  public var name: String
  /// The file it was read from, as it was named.
  public var file: String
  /// How often the rules are evaluated; nil for the default of the replay.
  public var interval: TimeSpan?
  /// How far before the evaluation the expressions look, and where their samples are written.
  public var queryOffset: TimeSpan = .zero
  /// The most series or alerts a rule may give at a time; 0 for any number.
  public var limit = 0
  /// The rules in order.
  public var rules: [Rule]
  /// When a server evaluated the group, when it is known: the group's evaluations are multiples of
  /// its interval from there.
  public var evaluatedAt: Timestamp?

  /// Makes a group.
  public init(
    name: String, file: String, interval: TimeSpan? = nil, rules: [Rule]
  ) {
    self.name = name
    self.file = file
    self.interval = interval
    self.rules = rules
  }
}

/// A recording or alerting rule.
public struct Rule: Sendable {
  /// What becomes of the expression's value.
  public var kind: Kind
  /// What is evaluated.
  public var expression: Expression
  /// Labels added to every series or alert, sorted by name; those of an alert are templates.
  public var labels: [Label]

  /// Makes a rule.
  public init(kind: Kind, expression: Expression, labels: [Label] = []) {
    self.kind = kind
    self.expression = expression
    self.labels = LabelSet(labels).labels
  }

  /// What becomes of the value of a rule's expression.
  public enum Kind: Sendable {
    /// It is written as series of a new metric.
    case recording(metric: String)
    /// Each of its series is an alert.
    case alerting(Alerting)
  }

  /// What an alerting rule adds to its expression.
  public struct Alerting: Sendable {
    /// The alert's name.
    public var name: String
    /// How long a series must be there before its alert fires.
    public var hold: TimeSpan
    /// How long an alert goes on firing after its series is gone.
    public var keepFiring: TimeSpan
    /// Texts for people, templates, sorted by name.
    public var annotations: [Label]

    /// Makes the alerting part of a rule.
    public init(
      name: String, hold: TimeSpan = .zero, keepFiring: TimeSpan = .zero, annotations: [Label] = []
    ) {
      self.name = name
      self.hold = hold
      self.keepFiring = keepFiring
      self.annotations = LabelSet(annotations).labels
    }
  }

  /// The alert's name or the recorded metric.
  public var name: String {
    switch kind {
    case .recording(let metric): metric
    case .alerting(let alerting): alerting.name
    }
  }
}
