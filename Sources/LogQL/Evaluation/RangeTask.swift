import PromQL
import Telemetry

/// A range aggregation of a query, with the labels that the aggregation around it keeps.
struct RangeTask: Hashable {
  let aggregation: RangeAggregation
  /// The grouping of `sum` around it, which its own series may take at once.
  let outerGrouping: LabelGrouping?

  /// The grouping of its series; nil for all labels.
  var grouping: LabelGrouping? { aggregation.grouping ?? outerGrouping }

  /// The tasks of an expression, each once, in written order.
  static func all(in expression: MetricExpression) -> [RangeTask] {
    var tasks: [RangeTask] = []
    collect(expression, into: &tasks)
    return tasks.reduce(into: []) { kept, task in
      if !kept.contains(task) { kept.append(task) }
    }
  }

  private static func collect(_ expression: MetricExpression, into tasks: inout [RangeTask]) {
    switch expression {
    case .range(let node): tasks.append(RangeTask(aggregation: node, outerGrouping: nil))
    case .aggregation(let node):
      if let task = RangeTask(pushing: node) {
        tasks.append(task)
      } else {
        collect(node.operand, into: &tasks)
      }
    case .operation(let node):
      collect(node.left, into: &tasks)
      collect(node.right, into: &tasks)
    case .labelReplacement(let node): collect(node.operand, into: &tasks)
    case .number, .vector: break
    }
  }

  init(aggregation: RangeAggregation, outerGrouping: LabelGrouping?) {
    self.aggregation = aggregation
    self.outerGrouping = outerGrouping
  }

  /// The task of a sum over a range aggregation whose series can be summed as they arise; nil for
  /// anything else.
  ///
  /// - Source: Loki 3, pkg/logql/syntax/ast.go, `canInjectVectorGrouping`.
  init?(pushing node: VectorAggregation) {
    guard node.op == .sum, case .range(let range) = node.operand, range.grouping == nil else {
      return nil
    }
    switch range.function {
    case .bytes, .bytesRate, .sum, .rate, .count: break
    default: return nil
    }
    self.init(
      aggregation: range,
      outerGrouping: node.grouping ?? LabelGrouping(labels: [], isWithout: false))
  }
}
