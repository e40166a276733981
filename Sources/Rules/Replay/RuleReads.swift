import PromQL
import Telemetry

/// What an expression looks at, as far as it decides how a rule may be evaluated.
public struct RuleReads {
  /// The selectors in order.
  private(set) var selectors: [VectorSelector] = []
  /// Whether the value at a step may depend on what is after the step, or on which other steps are
  /// asked for: then it must be asked step by step.
  private(set) var isBoundToStep = false

  /// Looks through an expression.
  public init(_ expression: Expression) {
    visit(expression)
  }

  /// The metrics it names, each once, sorted; selectors that leave the name open are not among
  /// them.
  public var metricNames: [String] {
    let names = selectors.compactMap(\.metricName).map { Label(name: $0, value: "") }
    return Set(names).map(\.name).sorted { $0.precedesInBytes($1) }
  }

  /// Whether a selector leaves the metric's name open.
  public var leavesMetricOpen: Bool { selectors.contains { $0.metricName == nil } }

  /// Whether the expression may see series of a rule.
  func mayRead(_ rule: Rule) -> Bool {
    selectors.contains { selector in
      switch rule.kind {
      case .recording(let metric):
        Self.admits(selector, "__name__", metric)
          && rule.labels.allSatisfy { Self.admits(selector, $0.name, $0.value) }
      case .alerting(let alerting):
        RuleReads.alertMetrics.contains { Self.admits(selector, "__name__", $0) }
          && Self.admits(selector, "alertname", alerting.name)
      }
    }
  }

  /// The metrics that stand for alerts.
  static let alertMetrics = ["ALERTS", "ALERTS_FOR_STATE"]

  private static func admits(_ selector: VectorSelector, _ name: String, _ value: String) -> Bool {
    selector.matchers.allSatisfy { !$0.name.hasSameBytes(as: name) || $0.isSatisfied(by: value) }
  }

  private static let functionsOfQuery: Set<String> = ["start", "end", "range", "step"]

  private mutating func visit(_ expression: Expression) {
    switch expression {
    case .number, .string: break
    case .vectorSelector(let node): visit(node)
    case .matrixSelector(let node):
      visit(node.selector)
      check(node.range)
    case .subquery(let node):
      visit(node.inner)
      check(node.range)
      if let step = node.step { check(step) }
      check(node.shift)
    case .unary(let node): visit(node.operand)
    case .binary(let node):
      visit(node.left)
      visit(node.right)
    case .aggregation(let node):
      visit(node.operand)
      if let parameter = node.parameter { visit(parameter) }
    case .call(let node):
      if Self.functionsOfQuery.contains(node.name) { isBoundToStep = true }
      node.arguments.forEach { visit($0) }
    case .parenthesized(let node): visit(node.inner)
    }
  }

  private mutating func visit(_ selector: VectorSelector) {
    selectors.append(selector)
    check(selector.shift)
    // `smoothed` looks at the sample after the range.
    if selector.modifier != nil { isBoundToStep = true }
  }

  private mutating func check(_ shift: TimeShift) {
    if shift.anchor != nil { isBoundToStep = true }
    guard let offset = shift.offset else { return }
    check(offset)
    if let span = offset.literal, span < .zero { isBoundToStep = true }
  }

  private mutating func check(_ duration: DurationExpression) {
    if duration.literal == nil { isBoundToStep = true }
  }
}
