extension DurationExpression {
  /// The text between brackets, which parses back to an equal expression.
  var text: String {
    switch self {
    case .span(let span): DurationText.text(span)
    case .step: "step()"
    case .range: "range()"
    case .negated(let inner): "-" + inner.text(inside: inner.isOperation(other: .power))
    case .operation(let op, let left, let right):
      left.text(inside: left.needsParentheses(leftOf: op)) + " \(op.rawValue) "
        + right.text(inside: right.needsParentheses(rightOf: op))
    case .least(let left, let right): "min_of(\(left.text), \(right.text))"
    case .greatest(let left, let right): "max_of(\(left.text), \(right.text))"
    }
  }

  /// The text after `offset`, where only one term may stand.
  var termText: String {
    if case .negated(let inner) = self {
      return "-" + inner.text(inside: inner.precedence != nil)
    }
    if case .operation = self { return "(\(text))" }
    return text
  }

  private func text(inside parentheses: Bool) -> String { parentheses ? "(\(text))" : text }

  private func isOperation(other than: Operator) -> Bool {
    if case .operation(let op, _, _) = self { return op != than }
    return isNegative
  }

  /// Whether it is a literal or term with a sign.
  private var isNegative: Bool {
    switch self {
    case .span(let span): span < .zero
    case .negated: true
    default: false
    }
  }

  private var precedence: Int? {
    switch self {
    case .operation(let op, _, _): op.precedence
    default: isNegative ? Operator.times.precedence : nil
    }
  }

  private func needsParentheses(leftOf op: Operator) -> Bool {
    guard let precedence else { return false }
    return op == .power ? precedence <= op.precedence : precedence < op.precedence
  }

  private func needsParentheses(rightOf op: Operator) -> Bool {
    guard case .operation(let inner, _, _) = self else { return false }
    return op == .power ? inner.precedence < op.precedence : inner.precedence <= op.precedence
  }
}

extension DurationExpression.Operator {
  /// How strongly it binds; more binds first.
  fileprivate var precedence: Int {
    switch self {
    case .plus, .minus: 1
    case .times, .divided, .modulo: 2
    case .power: 3
    }
  }
}
