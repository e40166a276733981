import Canonical

extension NotationCursor {
  /// A text in double, single or back quotes, with Go's escapes in the first two.
  mutating func quotedText() throws(ConformanceError) -> String {
    guard let quote = next, [0x22, 0x27, 0x60].contains(quote) else {
      throw failure("expected a quoted text")
    }
    let literal: QuotedText.Literal
    do {
      literal = try QuotedText.literal(in: bytes, at: offset)
    } catch {
      throw failure(error.message)
    }
    guard let value = literal.value else { throw failure("expected a text of UTF-8") }
    offset = literal.end
    return value
  }
}
