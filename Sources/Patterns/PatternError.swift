/// Why a pattern could not be compiled or run.
public enum PatternError: Error, Hashable, Sendable, CustomStringConvertible {
  /// RE2 refused the pattern, with its message.
  case invalid(pattern: String, message: String)
  /// The compiled pattern, or a search with a set, needs more memory than its limit.
  case memoryLimit(pattern: String, limit: Int)
  /// RE2 failed while searching a text of `bytes` bytes.
  case searchFailed(pattern: String, bytes: Int)

  /// What is wrong with which pattern and what to do about it.
  public var description: String {
    switch self {
    case .invalid(let pattern, let message):
      "pattern \(Self.quoted(pattern)): \(message); write it in RE2 syntax"
    case .memoryLimit(let pattern, let limit):
      "pattern \(Self.quoted(pattern)) needs more than \(limit) bytes; make it simpler"
    case .searchFailed(let pattern, let bytes):
      "pattern \(Self.quoted(pattern)) failed on a text of \(bytes) bytes; report this as a bug"
    }
  }

  private static func quoted(_ pattern: String) -> String {
    let shown = pattern.unicodeScalars.prefix(200).map { scalar in
      scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : String(scalar)
    }
    return "`\(shown.joined())`"
  }
}
