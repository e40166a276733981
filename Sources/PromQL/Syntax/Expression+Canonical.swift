import Telemetry

extension Expression {
  /// The same question in its one normal form: no parentheses that precedence makes redundant, no
  /// offset of zero, each matcher once and all of them sorted, signs of numbers inside them.
  ///
  /// Its text is the key under which a recorded answer is found: `(sum(a)) / sum(b)` is
  /// `sum(a) / sum(b)`. Nothing is reordered or computed that could change a value.
  public var canonical: Expression {
    switch self {
    case .number, .string: return self
    case .vectorSelector(let node): return .vectorSelector(node.canonical)
    case .matrixSelector(var node):
      node.selector = node.selector.canonical
      return .matrixSelector(node)
    case .subquery(var node):
      node.shift = node.shift.canonical
      node.inner = node.inner.canonical
      if needsParentheses(node.inner) { node.inner = node.inner.parenthesized }
      return .subquery(node)
    case .unary(let node): return node.canonical
    case .binary(var node):
      node.left = node.left.canonical
      node.right = node.right.canonical
      if node.leftNeedsParentheses(node.left) { node.left = node.left.parenthesized }
      if node.rightNeedsParentheses(node.right) { node.right = node.right.parenthesized }
      return .binary(node)
    case .aggregation(var node):
      node.operand = node.operand.canonical
      node.parameter = node.parameter?.canonical
      return .aggregation(node)
    case .call(var node):
      node.arguments = node.arguments.map(\.canonical)
      return .call(node)
    case .parenthesized(let node): return node.inner.canonical
    }
  }

  fileprivate var parenthesized: Expression {
    .parenthesized(Parentheses(inner: self, position: position))
  }
}

extension UnaryOperation {
  fileprivate var canonical: Expression {
    var node = self
    node.operand = operand.canonical
    if case .number(var number) = node.operand {
      if isNegation && !number.value.isNaN { number.value = -number.value }
      return .number(number)
    }
    if Expression.unary(node).needsParentheses(node.operand) {
      node.operand = node.operand.parenthesized
    }
    return .unary(node)
  }
}

extension VectorSelector {
  fileprivate var canonical: VectorSelector {
    var selector = self
    selector.shift = shift.canonical
    selector.matchers = []
    for matcher in sortedMatchers where matcher != selector.matchers.last {
      selector.matchers.append(matcher)
    }
    return selector
  }
}

extension TimeShift {
  fileprivate var canonical: TimeShift {
    TimeShift(offset: offset?.literal == .zero ? nil : offset, anchor: anchor)
  }
}
