import Telemetry

/// A unit test of rules as `promtool test rules` reads it.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules
public struct RuleTestFile: Sendable {
  /// The file's name.
  public var name: String
  /// The rule files, as they are named in it.
  public var ruleFiles: [String] = []
  /// How often rules are evaluated.
  public var interval: TimeSpan = .minutes(1)
  /// The groups to evaluate first, in order.
  public var groupOrder: [String] = []
  /// Whether a difference in the last bit of a value passes.
  public var isFuzzy = false
  /// The tests.
  public var tests: [Test] = []

  /// Series and what rules and expressions must make of them.
  public struct Test: Sendable {
    /// The test's name, or its position.
    public var name: String
    /// The time between two values of a series.
    public var interval: TimeSpan
    /// The series.
    public var series: [NotatedSeries] = []
    /// The labels a server adds to what it sends.
    public var externalLabels = LabelSet.empty
    /// Where the server is found.
    public var externalURL = ""
    /// The alerts that must be firing.
    public var alerts: [AlertCase] = []
    /// The values expressions must have.
    public var expressions: [ExpressionCase] = []

    /// The last instant that is looked at.
    var end: TimeSpan {
      (alerts.map(\.time) + expressions.map(\.time)).max() ?? .zero
    }
  }

  /// The alerts of one name that must be firing at an instant.
  public struct AlertCase: Sendable {
    /// The time since the start.
    public var time: TimeSpan
    /// The alert's name.
    public var name: String
    /// Labels, with the alert's name, and annotations of each.
    public var expected: [(labels: LabelSet, annotations: LabelSet)]
  }

  /// The value an expression must have at an instant.
  public struct ExpressionCase: Sendable {
    /// The time since the start.
    public var time: TimeSpan
    /// The expression.
    public var query: String
    /// The samples in any order.
    public var expected: [(labels: LabelSet, value: NotatedValue)]
  }
}
