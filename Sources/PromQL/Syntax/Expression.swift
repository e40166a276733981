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

/// `-operand` or `+operand`
public struct UnaryOperation: Hashable, Sendable {
  /// Whether the sign is a minus.
  public var isNegation: Bool
  /// A scalar or an instant vector.
  public var operand: Expression
  /// Where it stands.
  public var position: SourceRange
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
