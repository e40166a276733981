/// Values that have parts: cookies and objects.
extension ValueReader {
  /// The values of every `name=value` of the cookies at `place`; the whole value when it is no
  /// pair.
  func cookies(at place: KeyPlace) -> [Range<Int>] {
    guard place.valueStart < bytes.count else { return [] }
    if bytes[place.valueStart] == .openBrace { return members(at: place) }
    let isBare = quoted(from: place.valueStart) == nil && bytes[place.valueStart] != .openBracket
    let regions =
      isBare ? [place.valueStart..<cookiesEnd(from: place.valueStart)] : values(at: place)
    return regions.flatMap { region in
      bytes[region].split(separator: .semicolon).compactMap { cookieValue(of: $0) }
    }
  }

  /// The end of bare cookies: they hold blanks, but only before the next `name=`.
  private func cookiesEnd(from start: Int) -> Int {
    var index = start
    while index < bytes.count, !bytes[index].isSpace, !bytes[index].isQuote {
      let isNext = bytes[index] == .semicolon && bytes.byte(at: index + 1) == .space
      index += isNext ? 2 : 1
    }
    return index
  }

  private func cookieValue(of pair: ArraySlice<UInt8>) -> Range<Int>? {
    let text = pair.drop(while: \.isSpace)
    guard let sign = text.firstIndex(of: .equals) else {
      let word = String(decoding: text, as: UTF8.self).lowercased()
      return Self.flags.contains(word) || text.isEmpty ? nil : text.startIndex..<text.endIndex
    }
    let name = String(decoding: text[..<sign], as: UTF8.self).lowercased()
    guard !Self.attributes.contains(name), sign + 1 < text.endIndex else { return nil }
    return (sign + 1)..<text.endIndex
  }

  /// Attributes of RFC 6265 and its drafts, which say nothing about the user.
  private static let attributes = [
    "path", "domain", "expires", "max-age", "samesite", "priority", "version", "comment",
  ]
  private static let flags = ["secure", "httponly", "partitioned"]

  /// Every value of the JSON object, or of the indented YAML lines, at `place`.
  func members(at place: KeyPlace) -> [Range<Int>] {
    let start = place.valueStart
    if bytes.byte(at: start) == .openBrace { return stringsOfObject(from: start) }
    let lineEnd = bytes.lineEnd(from: start)
    guard bytes[min(start, lineEnd)..<lineEnd].allSatisfy(\.isSpace) else { return [] }
    let depth = indentation(at: place.name.lowerBound)
    return indentedLines(after: lineEnd, deeperThan: depth).compactMap { line in
      guard let colon = bytes[line].firstIndex(of: .colon) else { return line }
      let value = bytes.skippingBlanks(from: colon + 1)
      guard value < line.upperBound else { return nil }
      return quoted(from: value)?.content ?? value..<line.upperBound
    }
  }

  /// The strings between the brace at `start` and its partner that are not keys.
  private func stringsOfObject(from start: Int) -> [Range<Int>] {
    var strings: [Range<Int>] = []
    var depth = 0
    var index = start
    while index < bytes.count {
      if bytes[index].isQuote || bytes[index] == .backslash, let text = quoted(from: index) {
        let next = bytes[text.end...].first { !$0.isSpace }
        if next != .colon && !text.content.isEmpty { strings.append(text.content) }
        index = max(text.end, index + 1)
        continue
      }
      if bytes[index] == .openBrace { depth += 1 }
      if bytes[index] == .closeBrace { depth -= 1 }
      if depth == 0 { break }
      index += 1
    }
    return strings
  }
}
