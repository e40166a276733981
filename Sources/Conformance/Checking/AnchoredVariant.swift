import PromQL
import Telemetry

/// A query with every selector fixed by `@` to the time it was asked at, asked at another time: the
/// answer must be the same.
struct AnchoredVariant {
  /// The query with `@`.
  let query: String
  /// When to ask it, in milliseconds.
  let time: Int64

  /// The variants of a query; none when a function's value depends on when it is asked.
  static func all(
    of query: String, askedAt time: Int64
  ) throws(StatementFailure) -> [AnchoredVariant] {
    guard let expression = try? Expression.parse(query) else { return [] }
    var anchoring = Anchoring(instant: Timestamp(milliseconds: time))
    let text = anchoring.anchored(expression).text
    guard !anchoring.dependsOnTime else { return [] }
    let times = time == 0 ? [-1000, 0, 1000] : [-10 * time, 0, time / 5, time, 10 * time]
    return times.map { AnchoredVariant(query: text, time: $0) }
  }
}

/// Fixes the selectors of an expression to an instant. Selectors inside a subquery stay as they
/// are, since the subquery itself is fixed.
private struct Anchoring {
  let instant: Timestamp
  /// Whether a function was met whose value depends on the time of the query.
  var dependsOnTime = false

  init(instant: Timestamp) {
    self.instant = instant
  }

  /// - Source: prometheus/prometheus, promql/functions.go, `AtModifierUnsafeFunctions`.
  private static let functionsOfTime: Set<String> = [
    "days_in_month", "day_of_month", "day_of_week", "day_of_year", "hour", "minute", "month",
    "year", "predict_linear", "time", "timestamp", "start", "end", "range", "step",
  ]

  mutating func anchored(_ expression: Expression) -> Expression {
    switch expression {
    case .number, .string: return expression
    case .vectorSelector(var node):
      fix(&node.shift)
      return .vectorSelector(node)
    case .matrixSelector(var node):
      fix(&node.selector.shift)
      return .matrixSelector(node)
    case .subquery(var node):
      fix(&node.shift)
      return .subquery(node)
    case .unary(var node):
      node.operand = anchored(node.operand)
      return .unary(node)
    case .binary(var node):
      node.left = anchored(node.left)
      node.right = anchored(node.right)
      return .binary(node)
    case .aggregation(var node):
      node.operand = anchored(node.operand)
      node.parameter = node.parameter.map { anchored($0) }
      return .aggregation(node)
    case .call(var node):
      if Self.functionsOfTime.contains(node.name) { dependsOnTime = true }
      node.arguments = node.arguments.map { anchored($0) }
      return .call(node)
    case .parenthesized(var node):
      node.inner = anchored(node.inner)
      return .parenthesized(node)
    }
  }

  private func fix(_ shift: inout TimeShift) {
    if case .instant = shift.anchor { return }
    shift.anchor = .instant(instant)
  }
}
