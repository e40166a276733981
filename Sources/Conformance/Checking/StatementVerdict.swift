/// How a statement of a script went.
public enum StatementVerdict: Sendable {
  /// The answer is the expected one.
  case passed
  /// The engine refuses by name what the statement needs.
  case apart(ApartReason)
  /// The answer differs: how.
  case failed(String)
}

/// What a statement needs that this version leaves out by name.
public enum ApartReason: Error, Hashable, Sendable, CustomStringConvertible {
  /// Native histograms among the data or the expected values.
  case nativeHistograms(String)
  /// An experimental extension of the language.
  case experimental(String)

  /// The need in words.
  public var description: String {
    switch self {
    case .nativeHistograms(let what): "needs native histograms: \(what)"
    case .experimental(let what): "needs an experimental extension: \(what)"
    }
  }
}

/// A statement and how it went.
public struct StatementOutcome: Sendable {
  /// The statement's first line, from 1.
  public let line: Int
  /// The query.
  public let query: String
  /// How it went.
  public let verdict: StatementVerdict
}

/// Why a statement is not passed.
enum StatementFailure: Error {
  case apart(ApartReason)
  case mismatch(String)
}
