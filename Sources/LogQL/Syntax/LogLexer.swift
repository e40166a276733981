import Canonical
import PromQL
import Telemetry

/// Cuts a query into tokens.
///
/// - Source: https://grafana.com/docs/loki/latest/query; Loki 3, pkg/logql/syntax/lex.go.
struct LogLexer {
  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var lineStart = 0

  /// All tokens of a query; the last is `end`.
  static func tokens(of text: String) throws(LogSyntaxError) -> [LogToken] {
    var lexer = LogLexer(bytes: Array(text.utf8))
    var tokens: [LogToken] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func next() throws(LogSyntaxError) -> LogToken {
    skipBlanks()
    let start = position
    let startLine = line
    let column = position - lineStart + 1
    let kind = try self.kind()
    return LogToken(
      kind: kind,
      position: SourceRange(start: start, end: position, line: startLine, column: column))
  }

  private mutating func kind() throws(LogSyntaxError) -> LogToken.Kind {
    guard position < bytes.count else { return .end }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "\""): return .string(try quoted())
    case UInt8(ascii: "`"): return .string(try raw())
    case UInt8(ascii: "["): return .range(try range())
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: ".") where isDigit(at: position + 1): return try number()
    case UInt8(ascii: "-"):
      if let flag = flag() { return flag }
      if let duration = suffixed(from: position, by: Self.durationBytes, Self.duration) {
        return .duration(duration)
      }
      return mark()
    default:
      return isWordStart(byte) ? word() : try operatorMark()
    }
  }
}

// MARK: Marks and words

extension LogLexer {
  private static let marks = [
    "!=", "!~", "!>", "|=", "|~", "|>", "=~", "==", ">=", "<=", "|", "=", ">", "<", "{", "}", "(",
    ")", ",", "+", "-", "*", "/", "%", "^",
  ]

  private mutating func operatorMark() throws(LogSyntaxError) -> LogToken.Kind {
    let mark = self.mark()
    guard mark == .mark("") else { return mark }
    let shown = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    throw error("unexpected character \(QuotedText.quoted(String(shown.prefix(1))))")
  }

  private mutating func mark() -> LogToken.Kind {
    let found = Self.marks.first { bytes[position...].starts(with: $0.utf8) } ?? ""
    position += found.utf8.count
    return .mark(found)
  }

  private mutating func word() -> LogToken.Kind {
    let start = position
    while position < bytes.count, isWordStart(bytes[position]) || isDigit(at: position) {
      position += 1
    }
    return .word(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func flag() -> LogToken.Kind? {
    for flag in ["--strict", "--keep-empty"] where bytes[position...].starts(with: flag.utf8) {
      position += flag.utf8.count
      return .flag(flag)
    }
    return nil
  }

  private func isWordStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || byte >= 0x80
  }

  private func isDigit(at index: Int) -> Bool {
    index < bytes.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index])
  }

  private mutating func skipBlanks() {
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\n"): advanceLine()
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: "#"):
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      default: return
      }
    }
  }

  private mutating func advanceLine() {
    position += 1
    line += 1
    lineStart = position
  }

  private func error(_ message: String) -> LogSyntaxError {
    LogSyntaxError(line: line, column: position - lineStart + 1, message: message)
  }
}

// MARK: Numbers, durations, sizes

extension LogLexer {
  private static let durationBytes = Array("0123456789.nu\u{B5}mshdwy".utf8)
  private static let sizeBytes = Array("0123456789.BikKMGTP".utf8)

  private static func duration(_ text: ArraySlice<UInt8>) -> Int64? {
    let written = String(decoding: text, as: UTF8.self)
    return Canonical.span(written)?.nanoseconds ?? GoDuration.nanoseconds(text)
  }

  private mutating func number() throws(LogSyntaxError) -> LogToken.Kind {
    let start = position
    skipNumber()
    let end = position
    if let duration = suffixed(from: start, by: Self.durationBytes, Self.duration) {
      return .duration(duration)
    }
    position = end
    if let size = suffixed(from: start, by: Self.sizeBytes, ByteSize.bytes) { return .bytes(size) }
    position = end
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    if position < bytes.count, isWordStart(bytes[position]) {
      position = start
      throw error("bad number, duration or size \(QuotedText.quoted(text))…")
    }
    return .number(text)
  }

  private mutating func skipNumber() {
    if bytes[position] == UInt8(ascii: "0"), position + 1 < bytes.count,
      bytes[position + 1] | 0x20 == UInt8(ascii: "x")
    {
      position += 2
      while position < bytes.count, isHexDigit(bytes[position]) { position += 1 }
      return
    }
    while isDigit(at: position) { position += 1 }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      while isDigit(at: position) { position += 1 }
    }
    guard position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else { return }
    var exponent = position + 1
    if exponent < bytes.count, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[exponent]) {
      exponent += 1
    }
    guard isDigit(at: exponent) else { return }
    while isDigit(at: exponent) { exponent += 1 }
    position = exponent
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  /// Reads on over `accepted` bytes when these are a value with a unit; nil, and nothing read,
  /// when they are none.
  private mutating func suffixed<Value>(
    from start: Int, by accepted: [UInt8], _ read: (ArraySlice<UInt8>) -> Value?
  ) -> Value? {
    var end = start == position ? start + 1 : position
    let number = end
    while end < bytes.count, accepted.contains(bytes[end]) { end += 1 }
    guard end > number, let value = read(bytes[start..<end]) else { return nil }
    position = end
    return value
  }

  private mutating func range() throws(LogSyntaxError) -> TimeSpan {
    let start = position
    guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "]")) else {
      throw error("missing closing ']' in duration")
    }
    let text = String(decoding: bytes[start + 1..<end], as: UTF8.self)
    guard let span = Canonical.span(text), span > .zero else {
      throw error("not a valid range \(QuotedText.quoted(text)): expected a duration such as 5m")
    }
    position = end + 1
    return span
  }
}

// MARK: Texts

extension LogLexer {
  private mutating func raw() throws(LogSyntaxError) -> String {
    guard let end = bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "`")) else {
      throw error("literal not terminated: expected a closing backquote")
    }
    let text = String(decoding: bytes[position + 1..<end], as: UTF8.self)
    for index in position..<end where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    position = end + 1
    return text
  }

  private mutating func quoted() throws(LogSyntaxError) -> String {
    let literal: QuotedText.Literal
    do {
      literal = try QuotedText.literal(in: bytes, at: position)
    } catch {
      throw self.error("\(error.message): use backquotes for a text as it stands")
    }
    guard let text = literal.value else {
      throw error("invalid escape in a quoted string: its bytes are no UTF-8")
    }
    position = literal.end
    return text
  }
}
