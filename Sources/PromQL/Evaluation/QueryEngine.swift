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
    fatalError("owner: evaluation")
  }

  /// The value at one instant.
  ///
  /// - Throws: `QueryError`, or what the source throws.
  public func result(of expression: Expression, at instant: Timestamp) throws -> QueryResult {
    fatalError("owner: evaluation")
  }
}
