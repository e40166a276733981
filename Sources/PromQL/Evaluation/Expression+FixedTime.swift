import Telemetry

extension Expression {
  /// Whether the value is the same at every step, because `@` fixes all its times.
  ///
  /// - Source: Prometheus 3, promql/engine.go, `preprocessExprHelper`.
  var isFixedInTime: Bool {
    switch self {
    case .number, .string, .matrixSelector, .subquery: false
    case .vectorSelector(let node): node.shift.anchor != nil
    case .unary(let node): node.operand.isFixedInTime
    case .binary(let node): node.left.isFixedOrConstant && node.right.isFixedOrConstant
    case .aggregation(let node):
      node.operand.isFixedInTime && (node.parameter?.isFixedOrConstant ?? true)
    case .call(let node):
      !FunctionCall.dependOnStep.contains(node.name)
        && node.arguments.allSatisfy(\.isFixedOrConstant)
    case .parenthesized(let node): node.inner.isFixedInTime
    }
  }

  private var isFixedOrConstant: Bool {
    switch unwrapped {
    case .number, .string: true
    case .matrixSelector(let node): node.selector.shift.anchor != nil
    case .subquery(let node): node.shift.anchor != nil
    default: isFixedInTime
    }
  }
}

extension FunctionCall {
  /// The functions that ask for the time of the step, whatever their arguments are.
  ///
  /// - Source: Prometheus 3, promql/functions.go, `AtModifierUnsafeFunctions`.
  fileprivate static let dependOnStep: Set<String> = [
    "day_of_month", "day_of_week", "day_of_year", "days_in_month", "hour", "minute", "month",
    "predict_linear", "time", "timestamp", "year",
  ]
}
