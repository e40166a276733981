import Patterns
import PromQL
import Telemetry
import Templates

/// Puts the values of range aggregations together, by PromQL's operations on vectors.
struct MetricEvaluation {
  private let grid: QueryGrid
  private let algebra: VectorAlgebra
  /// The columns of each range aggregation of the query.
  private let ranges: [RangeTask: [Column]]

  /// The value of a node.
  enum Operand {
    case scalar([Double])
    case vector([Column])
  }

  init(over grid: QueryGrid, ranges: [RangeTask: [Column]], limits: QueryLimits) {
    self.grid = grid
    self.ranges = ranges
    algebra = VectorAlgebra(over: grid, limits: limits)
  }

  /// The value of an expression.
  ///
  /// - Throws: `QueryError` when series do not match.
  func value(of expression: MetricExpression) throws -> Operand {
    switch expression {
    case .number(let value): return .scalar(Array(repeating: value, count: grid.count))
    case .vector(let value):
      return .vector([
        Column(labels: .empty, values: Array(repeating: value, count: grid.count))
      ])
    case .range(let node):
      return .vector(columns(of: RangeTask(aggregation: node, outerGrouping: nil)))
    case .aggregation(let node): return .vector(try aggregated(node))
    case .operation(let node): return try combined(node)
    case .labelReplacement(let node):
      return .vector(try replaced(node, in: vector(of: node.operand)))
    }
  }

  private func columns(of task: RangeTask) -> [Column] {
    guard let columns = ranges[task] else {
      preconditionFailure("BUG: a range aggregation was not computed")
    }
    return columns
  }

  private func vector(of expression: MetricExpression) throws -> [Column] {
    switch try value(of: expression) {
    case .vector(let columns): return columns
    case .scalar:
      throw LogQueryError.wrongKind(
        "a number stands where series are needed: write vector(\(expression.text))")
    }
  }

  private func aggregated(_ node: VectorAggregation) throws -> [Column] {
    if let task = RangeTask(pushing: node) {
      return try aggregated(columns(of: task), .sum, node)
    }
    let operand = try vector(of: node.operand)
    switch node.op {
    case .sort, .sortDescending: return sorted(operand, descending: node.op == .sortDescending)
    default: break
    }
    guard let op = AggregationOperator(rawValue: node.op.rawValue) else {
      preconditionFailure("BUG: \(node.op.rawValue) is no aggregation of PromQL")
    }
    return try aggregated(operand, op, node)
  }

  private func aggregated(
    _ operand: [Column], _ op: AggregationOperator, _ node: VectorAggregation
  ) throws -> [Column] {
    try algebra.aggregated(
      operand, op, by: node.grouping?.labels ?? [], isWithout: node.grouping?.isWithout ?? false,
      parameter: node.count.map { Array(repeating: Double($0), count: grid.count) })
  }

  /// Sorted by value; only an instant query has an order. NaN stands last.
  private func sorted(_ columns: [Column], descending: Bool) -> [Column] {
    guard grid.count == 1 else { return columns }
    return columns.sorted { left, right in
      let (a, b) = (left.values[0], right.values[0])
      if a.isNaN || b.isNaN {
        return a.isNaN && b.isNaN ? left.labels < right.labels : b.isNaN
      }
      return a == b ? left.labels < right.labels : descending ? a > b : a < b
    }
  }

  // MARK: Operators

  private func combined(_ node: MetricOperation) throws -> Operand {
    let left = try value(of: node.left)
    let right = Self.guarded(try value(of: node.right), node.op)
    switch (left, right) {
    case (.scalar(let left), .scalar(let right)):
      return .scalar(algebra.combined(left, node.op, right))
    case (.vector(let columns), .scalar(let scalar)):
      return .vector(
        try algebra.combined(
          columns, node.op, scalar: scalar, scalarIsLeft: false, returnsBool: node.returnsBool))
    case (.scalar(let scalar), .vector(let columns)):
      return .vector(
        try algebra.combined(
          columns, node.op, scalar: scalar, scalarIsLeft: true, returnsBool: node.returnsBool))
    case (.vector(let left), .vector(let right)):
      if node.op.isSet {
        return .vector(
          try algebra.joined(left, node.op, right, setMatching: node.matching))
      }
      return .vector(
        try algebra.joined(
          left, node.op, right, matching: node.matching, returnsBool: node.returnsBool))
    }
  }

  /// Loki's division by zero is no number, where PromQL's is infinite.
  private static func guarded(_ operand: Operand, _ op: BinaryOperator) -> Operand {
    guard op == .divide || op == .modulo else { return operand }
    func guarded(_ values: [Double]) -> [Double] { values.map { $0 == 0 ? .nan : $0 } }
    switch operand {
    case .scalar(let values): return .scalar(guarded(values))
    case .vector(let columns):
      return .vector(columns.map { Column(labels: $0.labels, values: guarded($0.values)) })
    }
  }

  private func replaced(_ node: LabelReplacement, in columns: [Column]) throws -> [Column] {
    guard let pattern = LabelReplacement.compiled("^(?:\(node.pattern))$") else {
      preconditionFailure("BUG: the parser let an expression pass")
    }
    let replacement = PatternReplacement(pattern: pattern, replacement: node.replacement)
    let renamed = columns.map { column -> Column in
      let source = column.labels[node.source] ?? ""
      guard (try? pattern.matches(source)) ?? false else { return column }
      let value = replacement.applied(to: source)
      let others = column.labels.labels.filter { !$0.name.hasSameBytes(as: node.target) }
      let added = value.isEmpty ? [] : [Label(name: node.target, value: value)]
      return Column(labels: LabelSet(others + added), values: column.values)
    }
    return try algebra.merged(renamed)
  }
}
