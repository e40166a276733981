import Canonical
import PromQL
import Telemetry

/// Why a question to a bundle has no answer.
public enum BundleQueryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is no expression.
  case syntax(QuerySyntaxError)
  /// The evaluation failed.
  case query(QueryError)
  /// The range ends before it begins.
  case endBeforeStart(Timestamp, Timestamp)
  /// The step is under a millisecond.
  case badStep(TimeSpan)
  /// Strictly asked, and the bundle does not hold these metrics.
  case absentMetrics([AbsentMetric])

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .syntax(let error): error.description
    case .query(let error): error.description
    case .endBeforeStart(let from, let to):
      "the range ends at \(Canonical.text(to)), before it begins at \(Canonical.text(from))"
    case .badStep(let step): "a step of \(step.nanoseconds) ns is too fine: use 1ms or more"
    case .absentMetrics(let metrics): metrics.map(\.description).joined(separator: "; ")
    }
  }
}
