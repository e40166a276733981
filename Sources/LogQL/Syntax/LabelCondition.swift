import PromQL

/// A condition on the labels of an entry, such as `status >= 500 and method="GET"`.
public indirect enum LabelCondition: Hashable, Sendable {
  /// A text comparison; a missing label counts as empty.
  case text(LabelMatcher)
  /// A comparison of the value read as a number.
  case number(label: String, Comparison, Double)
  /// A comparison of the value read as a duration, in nanoseconds.
  case duration(label: String, Comparison, nanoseconds: Int64)
  /// A comparison of the value read as a size.
  case bytes(label: String, Comparison, UInt64)
  /// `label = ip("10.0.0.0/8")`
  case address(label: String, isNegated: Bool, String)
  /// Both hold; also written with a comma or nothing at all.
  case both(LabelCondition, LabelCondition)
  /// One holds.
  case either(LabelCondition, LabelCondition)

  /// How a value is compared; the raw value is how it is written.
  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case greaterOrEqual = ">="
    case less = "<"
    case lessOrEqual = "<="

    /// Whether it holds between two values.
    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
      switch self {
      case .equal: left == right
      case .notEqual: left != right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      case .less: left < right
      case .lessOrEqual: left <= right
      }
    }
  }

  /// The labels that the condition reads, in written order, perhaps more than once.
  var labels: [String] {
    switch self {
    case .text(let matcher): [matcher.name]
    case .number(let label, _, _), .duration(let label, _, _), .bytes(let label, _, _),
      .address(let label, _, _):
      [label]
    case .both(let left, let right), .either(let left, let right): left.labels + right.labels
    }
  }
}
