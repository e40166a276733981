/// Why a test script or a suite cannot be read.
public enum ConformanceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A series or its values are not written as the test language wants: what, at which byte.
  case notation(String, message: String, offset: Int)
  /// A line of a script is no statement or no expectation.
  case statement(line: Int, message: String)
  /// A file or folder cannot be read.
  case unreadable(path: String, message: String)

  /// What is wrong and where.
  public var description: String {
    switch self {
    case .notation(let text, let message, let offset):
      "\(message) at byte \(offset + 1) of: \(text)"
    case .statement(let line, let message): "line \(line): \(message)"
    case .unreadable(let path, let message):
      "\(path): \(message); give a folder or file of the suites"
    }
  }
}
