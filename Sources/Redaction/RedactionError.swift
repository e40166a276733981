import Patterns

/// Why text cannot be redacted. Nothing may be written after it.
public enum RedactionError: Error, Sendable, CustomStringConvertible {
  /// A pattern of a rule does not compile.
  case rule(id: String, cause: PatternError)
  /// A rule failed while it ran.
  case search(id: String, cause: PatternError)

  /// Which rule failed and why.
  public var description: String {
    switch self {
    case .rule(let id, let cause): "redaction.json: rule \(id): \(cause)"
    case .search(let id, let cause):
      "redaction rule \(id) could not be run, so nothing was written: \(cause)"
    }
  }
}
