import Canonical
import Telemetry

extension Evaluator {
  /// A sign before a scalar or vector.
  mutating func value(of operation: UnaryOperation) throws -> Operand {
    let value = try value(of: operation.operand)
    guard operation.isNegation else { return value }
    switch value {
    case .scalar(let numbers): return .scalar(ColumnKernel.negated(numbers))
    case .vector(let columns): return .vector(try algebra.negated(columns))
    case .string, .matrix: preconditionFailure("BUG: a sign before a range or text")
    }
  }

  /// An operator between two scalars, a vector and a scalar, or two vectors.
  mutating func value(of operation: BinaryOperation) throws -> Operand {
    let left = try value(of: operation.left)
    let right = try value(of: operation.right)
    switch (left, right) {
    case (.scalar(let left), .scalar(let right)):
      return .scalar(algebra.combined(left, operation.op, right))
    case (.vector(let columns), .scalar(let numbers)):
      return .vector(
        try algebra.combined(
          columns, operation.op, scalar: numbers, scalarIsLeft: false,
          returnsBool: operation.returnsBool))
    case (.scalar(let numbers), .vector(let columns)):
      return .vector(
        try algebra.combined(
          columns, operation.op, scalar: numbers, scalarIsLeft: true,
          returnsBool: operation.returnsBool))
    case (.vector(let left), .vector(let right)):
      guard let matching = operation.matching else {
        preconditionFailure("BUG: two vectors without matching")
      }
      return .vector(
        try algebra.joined(
          left, operation.op, right, matching: matching, returnsBool: operation.returnsBool))
    default: preconditionFailure("BUG: an operator on a range or text")
    }
  }

  /// An aggregation.
  mutating func values(of aggregation: Aggregation) throws -> [Column] {
    if aggregation.op == .countValues { return try valueCounts(of: aggregation) }
    let parameter = try aggregation.parameter.map { try value(of: $0).numbers }
    let columns = try value(of: aggregation.operand).columns
    if let parameter, let expression = aggregation.parameter {
      let check = AggregationParameter(parameter, at: expression.position)
      guard try check.isWorthwhile(for: aggregation.op, &annotations) else { return [] }
    }
    return try algebra.aggregated(
      columns, aggregation.op, by: aggregation.grouping, isWithout: aggregation.isWithout,
      parameter: parameter)
  }

  private mutating func valueCounts(of aggregation: Aggregation) throws -> [Column] {
    guard case .string(let label) = aggregation.parameter?.unwrapped else {
      preconditionFailure("BUG: count_values without a text")
    }
    guard !label.value.isEmpty else {
      throw QueryError.execution("invalid label name \(QuotedText.quoted(label.value))")
    }
    let columns = try value(of: aggregation.operand).columns
    return try algebra.valueCounts(
      columns, label: label.value, by: aggregation.grouping, isWithout: aggregation.isWithout)
  }
}
