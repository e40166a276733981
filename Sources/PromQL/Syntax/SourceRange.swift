/// Where a node stands in the text of its query.
///
/// All ranges are equal, so that two expressions are equal when they mean the same, wherever their
/// parts stand.
public struct SourceRange: Hashable, Sendable {
  /// The offset of the first byte.
  public let start: Int
  /// The offset of the byte after the last.
  public let end: Int
  /// The line of the first byte, from 1.
  public let line: Int
  /// The column of the first byte in its line, in bytes, from 1.
  public let column: Int

  /// Makes a range.
  public init(start: Int, end: Int, line: Int, column: Int) {
    self.start = start
    self.end = end
    self.line = line
    self.column = column
  }

  /// The range of a node that was not read from text.
  public static let none = SourceRange(start: 0, end: 0, line: 1, column: 1)

  /// Always true: a position is no part of a meaning.
  public static func == (left: SourceRange, right: SourceRange) -> Bool { true }

  /// Adds nothing: see `==`.
  public func hash(into hasher: inout Hasher) {}
}
