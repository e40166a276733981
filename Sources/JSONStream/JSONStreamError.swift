/// Why a body could not be read, and at which byte.
public enum JSONStreamError: Error, Hashable, Sendable {
  /// The body holds no byte but blanks.
  case empty
  /// The body is no JSON object or array at all: a web page, a plain log, an error text.
  case notJSON(offset: Int, found: String)
  /// A byte that JSON, or the shape of this answer, does not allow here.
  case unexpected(offset: Int, found: String, expected: String)
  /// The body ends inside a value.
  case truncated(offset: Int, expected: String)
  /// Another document follows the first.
  case extraDocument(offset: Int, found: String)
  /// A limit of `JSONLimits` is exceeded by the value at `offset`.
  case limitExceeded(offset: Int, what: String, limit: Int)
  /// A sample value or a time that cannot be read.
  case badNumber(offset: Int, text: String, expected: String)

  /// The byte at which reading stopped, counted from 0.
  public var offset: Int {
    switch self {
    case .empty: 0
    case .notJSON(let offset, _), .unexpected(let offset, _, _), .truncated(let offset, _),
      .extraDocument(let offset, _), .limitExceeded(let offset, _, _),
      .badNumber(let offset, _, _):
      offset
    }
  }

  /// Whether the body never looked like JSON, as opposed to JSON that breaks off.
  public var isNotJSON: Bool {
    switch self {
    case .empty, .notJSON: true
    default: false
    }
  }
}

extension JSONStreamError: CustomStringConvertible {
  /// What is wrong, where, and what was expected.
  public var description: String {
    switch self {
    case .empty: "the body is empty; expected JSON"
    case .notJSON(let offset, let found):
      "not JSON: \(found) at byte \(offset); expected { or ["
    case .unexpected(let offset, let found, let expected):
      "\(found) at byte \(offset); expected \(expected)"
    case .truncated(let offset, let expected):
      "cut off at byte \(offset); expected \(expected)"
    case .extraDocument(let offset, let found):
      "\(found) at byte \(offset) follows the end of the document; expected one document"
    case .limitExceeded(let offset, let what, let limit):
      "\(what) at byte \(offset) exceeds the limit of \(limit)"
    case .badNumber(let offset, let text, let expected):
      "\"\(text)\" at byte \(offset) is not \(expected)"
    }
  }
}
