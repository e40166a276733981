import PromQL
import Telemetry

/// The answer to a question.
public struct BundleAnswer: Sendable {
  /// The expression that was asked.
  public let expression: Expression
  /// For which instants.
  public let times: AskedTimes
  /// The value, with every warning and note.
  public let result: QueryResult
  /// Metrics of the expression that the bundle does not hold, in order of the query.
  public let absentMetrics: [AbsentMetric]
  /// Entries that the question needed and that are damaged, missing or malformed, sorted.
  public let damages: [CoverageGap]
}
