import Canonical
import PromQL
import Telemetry

/// Why a LogQL query has no answer.
public enum LogQueryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is no query.
  case syntax(LogSyntaxError)
  /// A stage cannot be made ready: its expression, pattern or template is wrong.
  case stage(text: String, reason: String, at: SourceRange)
  /// Entries of a metric query failed in a stage, and nothing sorts them out.
  case pipeline(failure: String, details: String, series: LabelSet)
  /// An operation on series failed.
  case vector(QueryError)
  /// The query asks for lines where numbers are needed, or the other way round.
  case wrongKind(String)
  /// A limit was hit: what, and how much was allowed.
  case budget(what: String, limit: Int)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .syntax(let error): error.description
    case .stage(let text, let reason, let position):
      "stage '\(text)' at line \(position.line), col \(position.column): \(reason)"
    case .pipeline(let failure, let details, let series): Self.text(failure, details, series)
    case .vector(let error): error.description
    case .wrongKind(let text): text
    case .budget(let what, let limit):
      "the query needs more than \(limit) \(what): narrow its range or selectors, or widen its step"
    }
  }

  private static func text(_ failure: String, _ details: String, _ series: LabelSet) -> String {
    let labels = series.labels.map { "\($0.name)=\(QuotedText.quoted($0.value))" }
    return "pipeline error: '\(failure)' for series: '{\(labels.joined(separator: ", "))}'"
      + (details.isEmpty ? "" : " (\(details))")
      + ". Use a label filter to intentionally skip this error (e.g. | __error__!=\"\(failure)\"),"
      + " or all errors (| __error__=\"\"), also behind unwrap"
  }
}
