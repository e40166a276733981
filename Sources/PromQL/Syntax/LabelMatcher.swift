import Patterns
import Telemetry

/// One condition on a label, such as `job=~"api.*"`.
///
/// A label that a series does not have counts as empty. Regular expressions match whole values.
public struct LabelMatcher: Hashable, Sendable {
  /// How the value is compared; the raw value is the operator.
  public enum Comparison: String, Hashable, Sendable {
    /// The same bytes.
    case equal = "="
    /// Other bytes.
    case notEqual = "!="
    /// The whole value matches an RE2 expression.
    case matches = "=~"
    /// It does not.
    case doesNotMatch = "!~"
  }

  /// The label's name; `__name__` for the metric name.
  public let name: String
  /// How the value is compared.
  public let comparison: Comparison
  /// The value, or the regular expression's text.
  public let value: String
  /// The compiled expression of `.matches` and `.doesNotMatch`.
  private let pattern: Pattern?

  /// Makes a matcher.
  ///
  /// - Throws: `PatternError` when `value` is no valid RE2 expression and one is needed.
  public init(
    name: String, comparison: Comparison, value: String
  ) throws(PatternError) {
    self.name = name
    self.comparison = comparison
    self.value = value
    switch comparison {
    case .equal, .notEqual: pattern = nil
    case .matches, .doesNotMatch: pattern = try Pattern(value)
    }
  }

  /// A matcher for one value exactly.
  public init(_ name: String, equals value: String) {
    self.name = name
    comparison = .equal
    self.value = value
    pattern = nil
  }

  /// Whether a label with this value, empty for a missing one, satisfies the condition.
  ///
  /// A value too hard for the expression's memory budget does not match.
  public func isSatisfied(by text: String) -> Bool {
    switch comparison {
    case .equal: text.hasSameBytes(as: value)
    case .notEqual: !text.hasSameBytes(as: value)
    case .matches: matchesPattern(text)
    case .doesNotMatch: !matchesPattern(text)
    }
  }

  /// Whether the labels satisfy the condition.
  public func isSatisfied(by labels: LabelSet) -> Bool {
    isSatisfied(by: labels[name] ?? "")
  }

  /// Equal when they are written alike.
  public static func == (left: LabelMatcher, right: LabelMatcher) -> Bool {
    left.name.hasSameBytes(as: right.name) && left.comparison == right.comparison
      && left.value.hasSameBytes(as: right.value)
  }

  /// Feeds the written form.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(Label(name: name, value: value))
    hasher.combine(comparison)
  }

  private func matchesPattern(_ text: String) -> Bool {
    guard let pattern else { preconditionFailure("BUG: matcher of \(name) has no pattern") }
    return (try? pattern.matches(text, anchor: .whole)) ?? false
  }
}
