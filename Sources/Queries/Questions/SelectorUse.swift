import PromQL
import Telemetry

/// One selector of an expression and how far back from a step it looks.
struct SelectorUse: Sendable {
  /// What it selects.
  let selector: VectorSelector
  /// Its range and those of the subqueries around it, with their offsets, as far as they are
  /// literal. Without the lookback.
  let reach: TimeSpan
  /// Whether `@` fixes its time or that of a subquery around it.
  let isAnchored: Bool
  /// Whether it stands in brackets.
  let isRange: Bool

  /// The selectors of an expression from left to right.
  static func all(in expression: Expression) -> [SelectorUse] {
    var uses: [SelectorUse] = []
    collect(expression, reach: .zero, isAnchored: false, into: &uses)
    return uses
  }

  private static func collect(
    _ expression: Expression, reach: TimeSpan, isAnchored: Bool, into uses: inout [SelectorUse]
  ) {
    func visit(_ inner: Expression) {
      collect(inner, reach: reach, isAnchored: isAnchored, into: &uses)
    }
    switch expression {
    case .number, .string: break
    case .vectorSelector(let selector):
      uses.append(
        SelectorUse(
          selector: selector, reach: reach + selector.shift.reach,
          isAnchored: isAnchored || selector.shift.anchor != nil, isRange: false))
    case .matrixSelector(let node):
      let own = node.selector.shift.reach + (node.range.literal ?? .zero)
      uses.append(
        SelectorUse(
          selector: node.selector, reach: reach + own,
          isAnchored: isAnchored || node.selector.shift.anchor != nil, isRange: true))
    case .subquery(let node):
      collect(
        node.inner, reach: reach + node.shift.reach + (node.range.literal ?? .zero),
        isAnchored: isAnchored || node.shift.anchor != nil, into: &uses)
    case .unary(let node): visit(node.operand)
    case .binary(let node):
      visit(node.left)
      visit(node.right)
    case .aggregation(let node):
      if let parameter = node.parameter { visit(parameter) }
      visit(node.operand)
    case .call(let node): node.arguments.forEach(visit)
    case .parenthesized(let node): visit(node.inner)
    }
  }
}

extension TimeShift {
  /// The literal offset, zero when there is none.
  fileprivate var reach: TimeSpan { offset?.literal ?? .zero }
}

extension TimeSpan {
  fileprivate static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    (Timestamp(nanoseconds: left.nanoseconds) + right) - Timestamp(nanoseconds: 0)
  }
}
