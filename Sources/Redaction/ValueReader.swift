/// Finds where the value behind a key begins and ends, in whatever notation it is written.
///
/// It never reads past the notation that holds the value: the closing quotation mark at the right
/// level of escaping, the next parameter of a query, the next pair of a connection string.
struct ValueReader {
  let bytes: [UInt8]
  /// Whether the text has several lines, as a configuration file has and a log line has not.
  let hasLines: Bool

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    hasLines = bytes.contains(.newline)
  }

  /// The values at `place`: one, or the elements of a list; none when it is empty or an object.
  func values(at place: KeyPlace) -> [Range<Int>] {
    let start = place.valueStart
    guard start < bytes.count else { return [] }
    if place.notation == .tag { return nonEmpty(start..<end(before: [.less], from: start)) }
    if RedactionMarker.end(ofMarkerAt: start, in: bytes) != nil { return bare(at: place) }
    if let quoted = quoted(from: start) { return nonEmpty(quoted.content) }
    switch bytes[start] {
    case .openBracket, .openParenthesis: return list(from: start + 1)
    case .openBrace, .newline: return []
    case .bar, .greater:
      if let block = block(after: place) { return nonEmpty(block) }
      return bare(at: place)
    default:
      let isObject = bytes[start] == .backslash && bytes.byte(at: start + 1) == .openBrace
      return isObject ? [] : bare(at: place)
    }
  }

  // MARK: quotation marks

  struct Quoted {
    let content: Range<Int>
    /// The first index after the closing mark.
    let end: Int
  }

  /// The quoted text at `start`, after a letter such as Python's `b`; nil when there is none.
  func quoted(from start: Int) -> Quoted? {
    for entity in Self.entities where bytes.has(entity, at: start) {
      let content = start + entity.utf8CodeUnitCount
      let close = (content..<bytes.count).first {
        bytes.has(entity, at: $0) || bytes[$0].isSpace
      }
      return Quoted(
        content: content..<(close ?? bytes.count),
        end: min((close ?? bytes.count) + entity.utf8CodeUnitCount, bytes.count))
    }
    let mark = afterWrapper(from: start)
    let escapes = bytes[mark...].prefix { $0 == .backslash }.count
    guard let kind = bytes.byte(at: mark + escapes), kind.isQuote else { return nil }
    return quoted(from: mark + escapes + 1, kind: kind, escapes: escapes)
  }

  /// Passes over what wraps a string in dumps: Python's `b'…'`, Rust's `Some("…")`.
  private func afterWrapper(from start: Int) -> Int {
    let word = bytes[min(start, bytes.count)...].prefix { $0.isLetter || $0 == .underscore }
    guard !word.isEmpty else { return start }
    let isCall = bytes.byte(at: word.endIndex) == .openParenthesis
    let mark = word.endIndex + (isCall ? 1 : 0)
    let quote = bytes[mark...].first { $0 != .backslash }
    return (isCall || word.count == 1) && (quote?.isQuote ?? false) ? mark : start
  }

  private static let entities: [StaticString] = ["%22", "&quot;", "&#34;"]

  /// Text up to the mark that closes it: the one behind as many backslashes as the opening had,
  /// more only by those that a backslash of the text itself is written with at that level.
  private func quoted(from start: Int, kind: UInt8, escapes: Int) -> Quoted {
    var index = start
    while index < bytes.count {
      if bytes[index] == .newline && !hasClosingMark(kind, from: index) { break }
      let run = bytes[index...].prefix { $0 == .backslash }.count
      guard let next = bytes.byte(at: index + run) else { break }
      if next == kind {
        if run < escapes { return Quoted(content: start..<index, end: index) }
        if (run - escapes) % (2 * (escapes + 1)) == 0 {
          let end = index + run - escapes
          return Quoted(content: start..<end, end: index + run + 1)
        }
      }
      index += run + 1
    }
    return Quoted(content: start..<min(index, bytes.count), end: min(index, bytes.count))
  }

  private func hasClosingMark(_ kind: UInt8, from index: Int) -> Bool {
    bytes[index...].contains(kind)
  }

  /// The strings of a list, or its only bare element, as in Go's `map[Authorization:[Bearer …]]`.
  private func list(from start: Int) -> [Range<Int>] {
    var elements: [Range<Int>] = []
    var index = skippingSpace(from: start)
    if bytes.byte(at: index) == .openBrace { return [] }
    guard quoted(from: index) != nil else {
      return nonEmpty(
        index..<end(before: [.closeBracket, .closeParenthesis, .newline], from: index))
    }
    while let element = quoted(from: index) {
      elements += nonEmpty(element.content)
      index = skippingSpace(from: element.end)
      guard bytes.byte(at: index) == .comma else { break }
      index = skippingSpace(from: index + 1)
    }
    return elements
  }

  // MARK: bare values

  private func bare(at place: KeyPlace) -> [Range<Int>] {
    let start = place.valueStart
    if hasLines && place.notation == .colon && place.startsLine(in: bytes) {
      return nonEmpty(start..<plainScalarEnd(from: start))
    }
    let end = bareEnd(from: start, isQuery: place.isInQuery(in: bytes))
    if place.notation == .colon && isProse(start..<end) { return [] }
    return nonEmpty(start..<end)
  }

  /// The end of a YAML scalar without quotation marks: the line's, or a comment's start.
  private func plainScalarEnd(from start: Int) -> Int {
    let lineEnd = bytes.lineEnd(from: start)
    let comment = (start..<lineEnd).first {
      bytes[$0] == .hash && (bytes.byte(at: $0 - 1)?.isBlank ?? false)
    }
    let text = bytes[start..<(comment ?? lineEnd)]
    return text.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? start
  }

  /// The more deeply indented lines under a YAML `key: |`.
  private func block(after place: KeyPlace) -> Range<Int>? {
    let headerEnd = bytes.lineEnd(from: place.valueStart)
    let header = bytes[place.valueStart..<headerEnd].dropFirst()
    guard headerEnd < bytes.count, header.allSatisfy({ "+-0123456789 \t\r".utf8.contains($0) })
    else { return nil }
    let lines = indentedLines(after: headerEnd, deeperThan: indentation(at: place.name.lowerBound))
    guard let first = lines.first, let last = lines.last else { return nil }
    return first.lowerBound..<last.upperBound
  }

  /// The lines after `lineEnd` that are indented by more than `depth` blanks, without their
  /// indentation; blank lines between them are passed over.
  func indentedLines(after lineEnd: Int, deeperThan depth: Int) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = lineEnd + 1
    while start < bytes.count {
      let end = bytes.lineEnd(from: start)
      let text = bytes.skippingBlanks(from: start)
      if text < end {
        guard text - start > depth else { break }
        lines.append(text..<end)
      }
      start = end + 1
    }
    return lines
  }

  /// How many blanks and list hyphens stand before `index` on its line.
  func indentation(at index: Int) -> Int {
    let lineStart = bytes[..<index].lastIndex(of: .newline).map { $0 + 1 } ?? 0
    return bytes[lineStart..<index].prefix { $0.isBlank || $0 == .hyphen }.count
  }

  private func bareEnd(from start: Int, isQuery: Bool) -> Int {
    var depth = 0
    var index = start
    while index < bytes.count, !isBareEnd(at: index, isQuery: isQuery, depth: &depth) { index += 1 }
    while index > start, [.comma, .semicolon, .dot].contains(bytes[index - 1]) { index -= 1 }
    return index
  }

  private func isBareEnd(at index: Int, isQuery: Bool, depth: inout Int) -> Bool {
    switch bytes[index] {
    case ...(.space), .quote, .backtick: return true
    case .apostrophe: return !(bytes.byte(at: index + 1)?.isWordy ?? false)
    case .less:
      return bytes.byte(at: index + 1).map { $0 == .slash || $0.isLetter } ?? true
    case .backslash: return isEscape(at: index)
    case .percent: return bytes.has("%26", at: index) || bytes.has("%22", at: index)
    case .ampersand: return isQuery || bytes.has("&amp;", at: index) || beginsPair(at: index + 1)
    case .hash: return isQuery
    case .comma, .semicolon, .bar: return beginsPair(at: index + 1)
    case .openParenthesis, .openBracket, .openBrace: depth += 1
    case .closeParenthesis, .closeBracket, .closeBrace:
      if depth == 0 { return !(bytes.byte(at: index + 1)?.isWordy ?? false) }
      depth -= 1
    default: break
    }
    return false
  }

  /// Whether a backslash begins an escape of a surrounding notation, such as `\n` or `\"`.
  private func isEscape(at index: Int) -> Bool {
    let next = bytes[index...].first { $0 != .backslash }
    return next.map { "nrt\"'u".utf8.contains($0) } ?? true
  }

  /// Whether what begins at `index` ends a value: nothing, a blank, or the next `key=`.
  private func beginsPair(at index: Int) -> Bool {
    guard let next = bytes.byte(at: index), !next.isSpace, !next.isQuote else { return true }
    let name = bytes[index...].prefix { $0.isKeyCharacter || $0 == .space }
    guard !name.isEmpty, let sign = bytes.byte(at: name.endIndex) else { return false }
    return sign == .equals || sign == .colon
  }

  /// Whether the word at `range` begins a sentence, as in `invalid token: signature is wrong`.
  private func isProse(_ range: Range<Int>) -> Bool {
    let word = bytes[range]
    guard bytes.byte(at: range.lowerBound - 1)?.isBlank ?? false, !word.isEmpty,
      word.dropFirst().allSatisfy(\.isLowercaseLetter), word.first?.isLetter ?? false,
      bytes.byte(at: range.upperBound) == .space
    else { return false }
    let next = bytes[(range.upperBound + 1)...].prefix(while: \.isLetter)
    let connectors = ["for", "from", "and", "on", "at", "by", "user", "to", "in", "with"]
    let opening = bytes[(range.upperBound + 1)...].first { $0 != .backslash }
    if opening?.isQuote ?? false { return true }
    return (next.first?.isLowercaseLetter ?? false)
      && !connectors.contains(String(decoding: next, as: UTF8.self))
  }

  // MARK: small steps

  private func end(before stops: [UInt8], from start: Int) -> Int {
    bytes[start...].firstIndex { stops.contains($0) } ?? bytes.count
  }

  private func skippingSpace(from index: Int) -> Int {
    bytes[min(index, bytes.count)...].firstIndex { !$0.isSpace } ?? bytes.count
  }

  private func nonEmpty(_ range: Range<Int>) -> [Range<Int>] { range.isEmpty ? [] : [range] }
}
