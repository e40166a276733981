/// A condition on the bytes of a line, such as `|= "a" or "b"`.
public struct LineFilter: Hashable, Sendable {
  /// How a line is compared; the raw value is the operator.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case contains = "|="
    case lacks = "!="
    case matches = "|~"
    case doesNotMatch = "!~"
    case fits = "|>"
    case doesNotFit = "!>"

    /// Whether the line passes when no alternative is found.
    public var isNegative: Bool {
      switch self {
      case .lacks, .doesNotMatch, .doesNotFit: true
      case .contains, .matches, .fits: false
      }
    }
  }

  /// What is looked for.
  public enum Needle: Hashable, Sendable {
    /// A text, an RE2 expression or a pattern, by the comparison.
    case text(String)
    /// `ip("10.0.0.0/8")`: any address in the line that lies in the range.
    case address(String)
  }

  /// How a line is compared.
  public var comparison: Comparison
  /// A line passes when one of these is found; for a negative comparison when none is.
  public var alternatives: [Needle]
}
