import Telemetry

/// A PromQL expression as it was written, with parentheses; well typed once `parse` returned it.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/querying/basics, Prometheus 3.
public indirect enum Expression: Hashable, Sendable {
  case number(NumberLiteral)
  case string(StringLiteral)
  case vectorSelector(VectorSelector)
  case matrixSelector(MatrixSelector)
  case subquery(Subquery)
  case unary(UnaryOperation)
  case binary(BinaryOperation)
  case aggregation(Aggregation)
  case call(FunctionCall)
  case parenthesized(Parentheses)
}

/// A number, such as `1e3`, `0x1F`, `Inf`, `NaN` or a duration read as seconds.
public struct NumberLiteral: Hashable, Sendable {
  /// The value; durations in seconds.
  public var value: Double
  /// Where it stands.
  public var position: SourceRange
}

extension NumberLiteral {
  /// Equal in their bits, so that NaN equals itself.
  public static func == (left: NumberLiteral, right: NumberLiteral) -> Bool {
    left.value.bitPattern == right.value.bitPattern
  }

  /// Feeds the bits of the value.
  public func hash(into hasher: inout Hasher) { hasher.combine(value.bitPattern) }
}

/// A text, without its quotes and escapes.
public struct StringLiteral: Hashable, Sendable {
  /// The text.
  public var value: String
  /// Where it stands.
  public var position: SourceRange
}

extension StringLiteral {
  /// Equal in their bytes.
  public static func == (left: StringLiteral, right: StringLiteral) -> Bool {
    left.value.hasSameBytes(as: right.value)
  }

  /// Feeds the bytes.
  public func hash(into hasher: inout Hasher) {
    for byte in value.utf8 { hasher.combine(byte) }
  }
}

/// `metric{label="value"} offset 5m @ 1609746000`
public struct VectorSelector: Hashable, Sendable {
  /// Every condition in written order; the metric's name is one on `__name__`, first when it stood
  /// before the braces.
  public var matchers: [LabelMatcher]
  /// How the selector's time is moved.
  public var shift: TimeShift
  /// `anchored` or `smoothed`, when it was written.
  public var modifier: RangeModifier?
  /// Where it stands, with its modifiers.
  public var position: SourceRange

  /// The metric's name when one matcher fixes it.
  public var metricName: String? {
    matchers.first { $0.name.hasSameBytes(as: "__name__") && $0.comparison == .equal }?.value
  }
}

extension VectorSelector {
  /// Equal when they select alike: the order of matchers does not count.
  public static func == (left: VectorSelector, right: VectorSelector) -> Bool {
    left.shift == right.shift && left.modifier == right.modifier
      && left.sortedMatchers == right.sortedMatchers
  }

  /// Feeds the sorted matchers and the modifiers.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(shift)
    hasher.combine(modifier)
    hasher.combine(sortedMatchers)
  }

  /// The matchers by name, comparison and value.
  var sortedMatchers: [LabelMatcher] {
    matchers.sorted { left, right in
      if !left.name.hasSameBytes(as: right.name) { return left.name.precedesInBytes(right.name) }
      if left.comparison != right.comparison {
        return left.comparison.rawValue.precedesInBytes(right.comparison.rawValue)
      }
      return left.value.precedesInBytes(right.value)
    }
  }
}

/// `selector[5m]`
public struct MatrixSelector: Hashable, Sendable {
  /// What is selected; it carries the offset, `@` and modifier.
  public var selector: VectorSelector
  /// The length of the range, positive.
  public var range: DurationExpression
  /// Where it stands, with its modifiers.
  public var position: SourceRange
}

/// `(expression)[1h:30s] offset 5m`
public struct Subquery: Hashable, Sendable {
  /// What is evaluated at every inner step.
  public var inner: Expression
  /// The length of the range, positive.
  public var range: DurationExpression
  /// The inner step; nil for the engine's default.
  public var step: DurationExpression?
  /// How the subquery's time is moved.
  public var shift: TimeShift
  /// `anchored` or `smoothed`, when it was written.
  public var modifier: RangeModifier?
  /// Where it stands, with its modifiers.
  public var position: SourceRange
}

/// `offset` and `@` of a selector or subquery.
public struct TimeShift: Hashable, Sendable {
  /// How far back; negative looks forward. Nil when it was not written.
  public var offset: DurationExpression?
  /// The fixed time, when `@` was written.
  public var anchor: Anchor?

  /// No shift.
  public static let none = TimeShift(offset: nil, anchor: nil)

  /// What `@` names.
  public enum Anchor: Hashable, Sendable {
    /// An instant, to the millisecond.
    case instant(Timestamp)
    /// `start()`: the first step of the query.
    case start
    /// `end()`: the last step of the query.
    case end
  }
}

/// The experimental modifiers of range selectors.
public enum RangeModifier: String, Hashable, Sendable {
  case anchored, smoothed
}

/// `-operand` or `+operand`
public struct UnaryOperation: Hashable, Sendable {
  /// Whether the sign is a minus.
  public var isNegation: Bool
  /// A scalar or an instant vector.
  public var operand: Expression
  /// Where it stands.
  public var position: SourceRange
}

/// `left op right`
public struct BinaryOperation: Hashable, Sendable {
  /// The operator.
  public var op: BinaryOperator
  /// The left operand.
  public var left: Expression
  /// The right operand.
  public var right: Expression
  /// Whether a comparison gives 0 and 1 instead of filtering.
  public var returnsBool: Bool
  /// How series are matched; always there between two vectors, nil otherwise.
  public var matching: VectorMatching?
  /// Where it stands.
  public var position: SourceRange
}

/// A binary operator; the raw value is how it is written.
public enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case power = "^"
  case atan2
  case equal = "=="
  case notEqual = "!="
  case greater = ">"
  case less = "<"
  case greaterOrEqual = ">="
  case lessOrEqual = "<="
  case and, or, unless

  /// Whether it compares.
  public var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: true
    default: false
    }
  }

  /// Whether it works on sets of series.
  public var isSet: Bool { self == .and || self == .or || self == .unless }
}

/// How the series of two vectors find each other.
public struct VectorMatching: Hashable, Sendable {
  /// How many series of a side share one match group.
  public enum Cardinality: Hashable, Sendable {
    case oneToOne
    /// `group_left`: many on the left.
    case manyToOne
    /// `group_right`: many on the right.
    case oneToMany
    /// Set operators.
    case manyToMany
  }

  /// How many on each side.
  public var cardinality: Cardinality
  /// Whether `labels` are the ones that match (`on`) or the ones left out (`ignoring`).
  public var isOn: Bool
  /// The labels of `on` or `ignoring`, in written order.
  public var labels: [String]
  /// The labels that `group_left` or `group_right` takes from the one side, in written order.
  public var included: [String]
  /// Experimental `fill`: what stands for a missing sample on the left and on the right.
  public var fill: Fill

  /// Makes a matching.
  public init(
    cardinality: Cardinality, isOn: Bool, labels: [String], included: [String] = [],
    fill: Fill = Fill()
  ) {
    self.cardinality = cardinality
    self.isOn = isOn
    self.labels = labels
    self.included = included
    self.fill = fill
  }

  /// Values for missing samples; nil drops the match as usual.
  public struct Fill: Hashable, Sendable {
    /// For the left side.
    public var left: Double?
    /// For the right side.
    public var right: Double?

    /// Makes fills.
    public init(left: Double? = nil, right: Double? = nil) {
      self.left = left
      self.right = right
    }

    /// Equal in their bits, so that NaN equals itself.
    public static func == (one: Fill, other: Fill) -> Bool {
      one.left?.bitPattern == other.left?.bitPattern
        && one.right?.bitPattern == other.right?.bitPattern
    }

    /// Feeds the bits.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(left?.bitPattern)
      hasher.combine(right?.bitPattern)
    }
  }
}

/// `sum by (job) (operand)`
public struct Aggregation: Hashable, Sendable {
  /// The operator.
  public var op: AggregationOperator
  /// What is aggregated, an instant vector.
  public var operand: Expression
  /// The parameter of `topk`, `bottomk`, `quantile`, `count_values`, `limitk`, `limit_ratio`.
  public var parameter: Expression?
  /// The labels of `by` or `without`, in written order.
  public var grouping: [String]
  /// Whether the grouping is `without`.
  public var isWithout: Bool
  /// Where it stands.
  public var position: SourceRange
}

/// An aggregation; the raw value is its name.
public enum AggregationOperator: String, Hashable, Sendable, CaseIterable {
  case sum, avg, count, min, max, group, stddev, stdvar, topk, bottomk, quantile
  case countValues = "count_values"
  case limitk
  case limitRatio = "limit_ratio"

  /// The type of its parameter, or nil when it takes none.
  public var parameterType: ValueType? {
    switch self {
    case .topk, .bottomk, .quantile, .limitk, .limitRatio: .scalar
    case .countValues: .string
    default: nil
    }
  }
}

/// `name(argument, …)`
public struct FunctionCall: Hashable, Sendable {
  /// The function's canonical name: `double_exponential_smoothing` for `holt_winters`.
  public var name: String
  /// The arguments as written.
  public var arguments: [Expression]
  /// Where it stands.
  public var position: SourceRange
}

/// `(inner)`
public struct Parentheses: Hashable, Sendable {
  /// What stands between them.
  public var inner: Expression
  /// Where they stand.
  public var position: SourceRange
}

extension Expression {
  /// Where the expression stands in its query.
  public var position: SourceRange {
    switch self {
    case .number(let node): node.position
    case .string(let node): node.position
    case .vectorSelector(let node): node.position
    case .matrixSelector(let node): node.position
    case .subquery(let node): node.position
    case .unary(let node): node.position
    case .binary(let node): node.position
    case .aggregation(let node): node.position
    case .call(let node): node.position
    case .parenthesized(let node): node.position
    }
  }

  /// The expression inside any parentheses.
  public var unwrapped: Expression {
    var expression = self
    while case .parenthesized(let node) = expression { expression = node.inner }
    return expression
  }

  /// The type of the value, for an expression that `parse` returned.
  public var type: ValueType {
    switch self {
    case .number: .scalar
    case .string: .string
    case .vectorSelector, .aggregation: .vector
    case .matrixSelector, .subquery: .matrix
    case .unary(let node): node.operand.type
    case .binary(let node):
      node.left.type == .scalar && node.right.type == .scalar ? .scalar : .vector
    case .call(let node): FunctionTable.function(named: node.name)?.result ?? .vector
    case .parenthesized(let node): node.inner.type
    }
  }
}
