import Telemetry

/// Evaluates the nodes of one query, each over all steps of the grid at hand.
struct Evaluator {
  /// Where samples come from.
  let source: any SeriesSource
  /// How the recorded server would have evaluated.
  let options: QueryOptions
  /// The steps of the whole query, for `start()`, `end()`, `step()` and `range()`.
  let query: QueryGrid
  /// The steps at hand: those of the query, or of a subquery inside it.
  var grid: QueryGrid
  /// Warnings and notes so far.
  var annotations = Annotations()
  /// What the query holds so far.
  var budget: EvaluationBudget

  /// Prepares a query.
  init(source: any SeriesSource, options: QueryOptions, grid: QueryGrid) {
    self.source = source
    self.options = options
    query = grid
    self.grid = grid
    budget = EvaluationBudget(options.limits)
  }

  /// The operations on vectors over the grid at hand.
  var algebra: VectorAlgebra {
    VectorAlgebra(
      over: grid, delaysNameRemoval: options.delaysNameRemoval, limits: options.limits)
  }

  /// The value of a node over the grid at hand.
  ///
  /// What is the same at every step, because `@` fixes its times, is evaluated once.
  mutating func value(of expression: Expression) throws -> Operand {
    try budget.checkSteps(of: grid)
    let held = budget.held
    let value =
      grid.count > 1 && expression.isFixedInTime
      ? try repeatedValue(of: expression)
      : try freshValue(of: expression)
    budget.held = held
    try budget.charge(value.heldValues)
    return value
  }

  private mutating func freshValue(of expression: Expression) throws -> Operand {
    switch expression {
    case .number(let node): .scalar([Double](repeating: node.value, count: grid.count))
    case .string(let node): .string(node.value)
    case .vectorSelector(let node): .vector(try values(of: node))
    case .matrixSelector(let node): .matrix(try ranges(of: node))
    case .subquery(let node): .matrix(try ranges(of: node))
    case .unary(let node): try value(of: node)
    case .binary(let node): try value(of: node)
    case .aggregation(let node): .vector(try values(of: node))
    case .call(let node): try value(of: node)
    case .parenthesized(let node): try freshValue(of: node.inner)
    }
  }

  private mutating func repeatedValue(of expression: Expression) throws -> Operand {
    let steps = grid
    grid = QueryGrid(start: steps.start, step: 0, count: 1)
    defer { grid = steps }
    switch try freshValue(of: expression) {
    case .scalar(let values):
      return .scalar([Double](repeating: values[0], count: steps.count))
    case .vector(let columns):
      try budget.charge(columns.count * steps.count)
      return .vector(
        columns.map { column in
          Column(
            labels: column.labels,
            values: [Double](repeating: column.values[0], count: steps.count),
            dropsName: column.dropsName)
        })
    case .string, .matrix: preconditionFailure("BUG: a range or text repeated over steps")
    }
  }
}

extension Operand {
  /// How many values it holds.
  var heldValues: Int {
    switch self {
    case .scalar(let values): values.count
    case .string: 0
    case .vector(let columns): columns.count * (columns.first?.values.count ?? 0)
    case .matrix(let operand): operand.series.reduce(0) { $0 + $1.values.count }
    }
  }

  /// The series of a vector, for an expression that the parser found to be one.
  var columns: [Column] {
    guard case .vector(let columns) = self else { preconditionFailure("BUG: not a vector") }
    return columns
  }

  /// The numbers of a scalar, for an expression that the parser found to be one.
  var numbers: [Double] {
    guard case .scalar(let values) = self else { preconditionFailure("BUG: not a scalar") }
    return values
  }
}
