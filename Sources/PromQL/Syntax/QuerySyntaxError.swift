/// Why a text is no PromQL expression.
public struct QuerySyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column in bytes, from 1.
  public let column: Int
  /// What is wrong and what was expected, in Prometheus's words where it has some.
  public let message: String

  /// Makes an error.
  public init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// `1:6: parse error: …`
  public var description: String { "\(line):\(column): parse error: \(message)" }
}
