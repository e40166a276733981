import Canonical

/// The text of a query as bytes, and where its lines begin.
struct QueryText: Sendable {
  /// UTF-8.
  let bytes: [UInt8]
  /// The offset of the first byte of each line, ascending; never empty.
  private let lineStarts: [Int]

  init(_ text: String) {
    bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// The range from the byte at `start` to the one before `end`.
  func place(_ start: Int, _ end: Int) -> SourceRange {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= start { low = middle } else { high = middle }
    }
    return SourceRange(start: start, end: end, line: low + 1, column: start - lineStarts[low] + 1)
  }

  /// An error at a byte.
  func error(at start: Int, _ message: String) -> QuerySyntaxError {
    error(at: place(start, start), message)
  }

  /// An error at the start of a range.
  func error(at range: SourceRange, _ message: String) -> QuerySyntaxError {
    QuerySyntaxError(line: range.line, column: range.column, message: message)
  }

  /// The text of a range of bytes.
  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The character at a byte, in single quotes as Go writes it.
  func quotedCharacter(at offset: Int) -> String {
    guard offset < bytes.count else { return "end of input" }
    let rest = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
    guard let scalar = rest.unicodeScalars.first else { return "''" }
    return QuotedText.quoted(scalar)
  }
}
