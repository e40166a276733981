import Telemetry

/// Evaluates PromQL over a source of series.
///
/// Every node is evaluated once, over all steps of the query, series by series. The result does
/// not depend on the order in which the source holds its series.
public struct QueryEngine: Sendable {
  /// Where samples come from.
  public let source: any SeriesSource
  /// How the recorded server would have evaluated.
  public let options: QueryOptions

  /// Makes an engine.
  public init(source: any SeriesSource, options: QueryOptions = QueryOptions()) {
    self.source = source
    self.options = options
  }

  /// The value at every step of a grid. A string expression and, on a grid of more than one step,
  /// a range vector are errors, as in Prometheus.
  ///
  /// - Throws: `QueryError`, or what the source throws.
  public func result(of expression: Expression, over grid: QueryGrid) throws -> QueryResult {
    let type = expression.type
    guard type == .scalar || type == .vector || type == .matrix && grid.count == 1 else {
      throw QueryError.execution(
        "invalid expression type \"\(type.rawValue)\" for range query, must be Scalar or instant"
          + " Vector")
    }
    return try evaluated(expression, over: grid) { columns in
      columns.sorted { $0.labels < $1.labels }
    }
  }

  /// The value at one instant.
  ///
  /// - Throws: `QueryError`, or what the source throws.
  public func result(of expression: Expression, at instant: Timestamp) throws -> QueryResult {
    try evaluated(expression, over: QueryGrid(at: instant)) { columns in
      expression.ordersItsResult ? columns : columns.sorted { $0.labels < $1.labels }
    }
  }

  private func evaluated(
    _ expression: Expression, over grid: QueryGrid, inOrder order: ([Column]) -> [Column]
  ) throws -> QueryResult {
    var evaluator = Evaluator(source: source, options: options, grid: grid)
    let value: QueryValue
    switch try evaluator.value(of: expression) {
    case .scalar(let values): value = .scalar(values)
    case .string(let text): value = .string(text)
    case .matrix(let operand): value = .matrix(try finished(operand))
    case .vector(let columns): value = .vector(order(try finished(columns)))
    }
    return QueryResult(
      grid: grid, value: value, warnings: evaluator.annotations.warnings,
      infos: evaluator.annotations.infos)
  }

  /// The columns after names that were to be dropped in the end have been.
  private func finished(_ columns: [Column]) throws -> [Column] {
    let points = columns.reduce(0) { $0 + $1.values.count }
    guard points <= options.limits.points else {
      throw QueryError.budget(what: "values in the result", limit: options.limits.points)
    }
    guard options.delaysNameRemoval, let grid = columns.first.map({ $0.values.count }) else {
      return columns
    }
    let algebra = VectorAlgebra(over: QueryGrid(start: 0, step: 1, count: grid))
    return try algebra.merged(
      columns.map { column in
        guard column.dropsName else { return column }
        return Column(labels: column.labels.withoutMetadata, values: column.values)
      })
  }

  /// The samples of an instant query's ranges.
  private func finished(_ operand: RangeOperand) throws -> [SampleColumn] {
    operand.series.compactMap { series in
      var samples: SampleColumn?
      operand.forEachWindow(of: series, parameters: []) { _, window in
        let labels = series.dropsName ? series.labels.withoutMetadata : series.labels
        if let modifier = operand.modifier {
          samples = ExtendedRange.samples(in: window, modifier).map {
            SampleColumn(labels: labels, times: $0.0, values: $0.1)
          }
        } else {
          samples = SampleColumn(
            labels: labels, times: Array(window.times), values: Array(window.values))
        }
      }
      return samples
    }.sorted { $0.labels < $1.labels }
  }
}

extension Expression {
  /// Whether the order of an instant result means something: `sort` and `topk`, also inside what
  /// keeps the order.
  fileprivate var ordersItsResult: Bool {
    switch self {
    case .parenthesized(let node): node.inner.ordersItsResult
    case .unary(let node): node.operand.ordersItsResult
    case .aggregation(let node): node.op == .topk || node.op == .bottomk
    case .binary(let node): node.left.ordersItsResult || node.right.ordersItsResult
    case .call(let node):
      node.name.hasPrefix("sort") || node.arguments.contains { $0.ordersItsResult }
    case .number, .string, .vectorSelector, .matrixSelector, .subquery: false
    }
  }
}
