/// The answer to a query.
public struct QueryResult: Sendable {
  /// The instants it holds values for.
  public let grid: QueryGrid
  /// The value.
  public let value: QueryValue
  /// Warnings in Prometheus's words, each once, sorted.
  public var warnings: [String]
  /// Notes in Prometheus's words, each once, sorted.
  public var infos: [String]

  /// Makes a result.
  public init(grid: QueryGrid, value: QueryValue, warnings: [String] = [], infos: [String] = []) {
    self.grid = grid
    self.value = value
    self.warnings = warnings
    self.infos = infos
  }
}

/// The value of an expression.
public enum QueryValue: Sendable {
  /// A number for each step.
  case scalar([Double])
  /// A text.
  case string(String)
  /// Series over the grid, no two with equal labels and none without any value. Sorted by labels,
  /// except that an instant query keeps the order of `sort`, `topk` and their like.
  case vector([Column])
  /// Raw samples of a range selector or subquery, for an instant query, sorted by labels.
  case matrix([SampleColumn])
}
