/// Why a text is no LogQL query.
public struct LogSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column in bytes, from 1.
  public let column: Int
  /// What is wrong and what was expected, in Loki's words where it has some.
  public let message: String

  /// `parse error at line 1, col 6: …`, as Loki writes it.
  public var description: String { "parse error at line \(line), col \(column): \(message)" }
}
