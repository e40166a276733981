/// Tells whether a secret is a JSON number or word, whose marker must be quoted to stay JSON.
struct BareJSONValue {
  /// What to put around the marker: the mark that closes the key, with its backslashes; empty when
  /// the secret is no such value.
  let quotationMark: [UInt8]

  init(_ range: Range<Int>, in text: [UInt8]) {
    quotationMark = Self.mark(range, text) ?? []
  }

  private static func mark(_ range: Range<Int>, _ text: [UInt8]) -> [UInt8]? {
    let next = text[range.upperBound...].first { !$0.isSpace }
    guard next == nil || next == .comma || next == .closeBrace || next == .closeBracket else {
      return nil
    }
    let before = text[..<range.lowerBound]
    guard let sign = before.lastIndex(where: { !$0.isSpace }) else { return nil }
    if text[sign] == .openBracket || text[sign] == .comma {
      let isJSON = text[0] == .openBrace || text[0] == .openBracket
      return isJSON && text[range].allSatisfy { $0.isDigit || $0 == .dot } ? [.quote] : nil
    }
    guard text[sign] == .colon, let close = text[..<sign].lastIndex(where: { !$0.isSpace }),
      text[close] == .quote
    else { return nil }
    let escapes = text[..<close].reversed().prefix { $0 == .backslash }.count
    return [UInt8](repeating: .backslash, count: escapes) + [.quote]
  }
}
