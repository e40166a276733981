/// Why a query has no answer.
public enum QueryError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is no expression.
  case syntax(QuerySyntaxError)
  /// The evaluation failed, in Prometheus's words.
  case execution(String)
  /// A selected series holds native histograms.
  case needsNativeHistograms(metric: String)
  /// The query uses an experimental extension that this version does not evaluate.
  case unsupported(String)
  /// A limit was hit: what, and how much was allowed.
  case budget(what: String, limit: Int)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .syntax(let error): error.description
    case .execution(let text): text
    case .needsNativeHistograms(let metric):
      "\(metric) holds native histograms, which this version does not evaluate; use its classic"
        + " _bucket series"
    case .unsupported(let what): "\(what) is experimental and not part of this version"
    case .budget(let what, let limit):
      "the query needs more than \(limit) \(what): narrow its range or selectors, or widen its step"
    }
  }
}
