import Canonical

/// Cuts a query into tokens, one at a time.
///
/// What a character means depends on where it stands: inside braces words are names, inside
/// brackets durations are computed. Errors are those of Prometheus.
///
/// - Source: prometheus/promql/parser/lex.go.
struct Lexer {
  let source: QueryText
  /// The offset of the next byte.
  var position = 0
  /// The offset of the first byte of the token at hand.
  var start = 0
  private var openParentheses = 0
  private var isInBraces = false
  private var isInBrackets = false
  private var hasColon = false
  private var hasDuration = false

  init(_ source: QueryText) { self.source = source }

  /// The next token; `.end` again and again at the end.
  mutating func next() throws(QuerySyntaxError) -> Token {
    skipBlanks()
    start = position
    guard let byte = peek() else { return try end() }
    if isInBraces { return try nextInBraces(byte) }
    if Self.isDigit(byte) || byte == UInt8(ascii: ".") && peek(1).map(Self.isDigit) == true {
      return try numberOrDuration()
    }
    if Self.isQuote(byte) && (hasDuration || !isInBrackets) { return try string() }
    if isInBrackets, let token = try nextInBrackets(byte) { return token }
    if Self.isLetter(byte) || byte == UInt8(ascii: ":") { return word() }
    return try sign(byte)
  }

  /// The byte `offset` after the next one, nil beyond the end.
  func peek(_ offset: Int = 0) -> UInt8? {
    position + offset < source.bytes.count ? source.bytes[position + offset] : nil
  }

  /// The token of a kind that ends before the next byte.
  func token(_ kind: Token.Kind) -> Token { Token(kind: kind, start: start, end: position) }

  /// Steps over `count` bytes, which are a token.
  mutating func take(_ count: Int = 1, as kind: Token.Kind) -> Token {
    position += count
    return token(kind)
  }

  func failure(_ message: String) -> QuerySyntaxError { source.error(at: start, message) }

  private mutating func skipBlanks() {
    while let byte = peek() {
      if byte == UInt8(ascii: "#") {
        while let next = peek(), next != UInt8(ascii: "\n"), next != UInt8(ascii: "\r") {
          position += 1
        }
      } else if Self.isSpace(byte) {
        position += 1
      } else {
        return
      }
    }
  }

  private func end() throws(QuerySyntaxError) -> Token {
    if isInBraces { throw failure("unexpected end of input inside braces") }
    if openParentheses != 0 { throw failure("unclosed left parenthesis") }
    if isInBrackets {
      throw failure(
        hasDuration ? "unclosed left bracket" : "unexpected end of input in duration expression")
    }
    return token(.end)
  }

  private mutating func sign(_ byte: UInt8) throws(QuerySyntaxError) -> Token {
    switch byte {
    case UInt8(ascii: ","): return take(as: .comma)
    case UInt8(ascii: "@"): return take(as: .at)
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      return try comparison(byte)
    case UInt8(ascii: "("):
      openParentheses += 1
      return take(as: .leftParenthesis)
    case UInt8(ascii: ")"): return try rightParenthesis()
    case UInt8(ascii: "{"):
      isInBraces = true
      return take(as: .leftBrace)
    case UInt8(ascii: "["):
      if isInBrackets { throw failure("unexpected left bracket '['") }
      (isInBrackets, hasColon, hasDuration) = (true, false, false)
      return take(as: .leftBracket)
    case UInt8(ascii: "]"):
      guard isInBrackets else { throw failure("unexpected right bracket ']'") }
      isInBrackets = false
      return take(as: .rightBracket)
    default:
      guard let op = BinaryOperator(rawValue: String(UnicodeScalar(byte))) else {
        throw failure("unexpected character: \(source.quotedCharacter(at: start))")
      }
      return take(as: .op(op))
    }
  }

  private mutating func rightParenthesis() throws(QuerySyntaxError) -> Token {
    openParentheses -= 1
    let token = take(as: .rightParenthesis)
    if openParentheses < 0 {
      throw source.error(at: position, "unexpected right parenthesis ')'")
    }
    return token
  }

  private mutating func comparison(_ byte: UInt8) throws(QuerySyntaxError) -> Token {
    let isTwo = peek(1) == UInt8(ascii: "=")
    let isAngle = byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
    if isAngle && peek(1) == UInt8(ascii: "/") {
      let op = QuotedText.quoted(source.text(start, start + 2))
      throw failure(
        "operator \(op) trims native histograms and is not part of this version")
    }
    switch byte {
    case UInt8(ascii: "<"): return take(isTwo ? 2 : 1, as: .op(isTwo ? .lessOrEqual : .less))
    case UInt8(ascii: ">"): return take(isTwo ? 2 : 1, as: .op(isTwo ? .greaterOrEqual : .greater))
    case UInt8(ascii: "="):
      if isTwo { return take(2, as: .op(.equal)) }
      if peek(1) == UInt8(ascii: "~") { throw failure("unexpected character after '=': '~'") }
      return take(as: .comparison(.equal))
    default:
      if isTwo { return take(2, as: .op(.notEqual)) }
      let next = source.quotedCharacter(at: start + 1)
      throw failure("unexpected character after '!': \(next)")
    }
  }

  private mutating func nextInBraces(_ byte: UInt8) throws(QuerySyntaxError) -> Token {
    switch byte {
    case UInt8(ascii: ","): return take(as: .comma)
    case UInt8(ascii: "="):
      let isPattern = peek(1) == UInt8(ascii: "~")
      return take(isPattern ? 2 : 1, as: .comparison(isPattern ? .matches : .equal))
    case UInt8(ascii: "!"):
      if peek(1) == UInt8(ascii: "~") { return take(2, as: .comparison(.doesNotMatch)) }
      if peek(1) == UInt8(ascii: "=") { return take(2, as: .op(.notEqual)) }
      let next = source.quotedCharacter(at: start + 1)
      throw failure("unexpected character after '!' inside braces: \(next)")
    case UInt8(ascii: "{"): throw failure("unexpected left brace '{'")
    case UInt8(ascii: "}"):
      isInBraces = false
      return take(as: .rightBrace)
    default:
      if Self.isQuote(byte) { return try string() }
      guard Self.isLetter(byte) else {
        let character = source.quotedCharacter(at: start)
        throw failure("unexpected character inside braces: \(character)")
      }
      while let next = peek(), Self.isLetter(next) || Self.isDigit(next) { position += 1 }
      return token(.identifier)
    }
  }

  /// Colons and the few words of a duration; nil for what means the same everywhere.
  private mutating func nextInBrackets(_ byte: UInt8) throws(QuerySyntaxError) -> Token? {
    if byte == UInt8(ascii: ":") {
      guard hasDuration else {
        throw failure("unexpected colon before duration in duration expression")
      }
      if hasColon { throw failure("unexpected colon ':'") }
      hasColon = true
      return take(as: .colon)
    }
    if Self.isQuote(byte) {
      let character = source.quotedCharacter(at: start)
      throw failure("unexpected character in duration expression: \(character)")
    }
    guard Self.isLetter(byte) else { return nil }
    let word = word()
    switch word.kind {
    case .keyword(.step), .keyword(.range), .keyword(.leastOf), .keyword(.greatestOf),
      .aggregator(.min), .aggregator(.max):
      hasDuration = true
      return word
    default:
      let character = source.quotedCharacter(at: start)
      throw failure(
        hasDuration
          ? "unexpected character: \(character), expected ':'"
          : "unexpected character in duration expression: \(character)")
    }
  }

  private mutating func word() -> Token {
    var hasColon = false
    while let byte = peek() {
      if byte == UInt8(ascii: ":") && !isInBrackets {
        hasColon = true
      } else if !Self.isLetter(byte) && !Self.isDigit(byte) {
        break
      }
      position += 1
    }
    switch Token.kind(ofWord: source.text(start, position)) {
    // A modifier only before a parenthesis, so that metrics with these names stay usable.
    case .keyword(.fill), .keyword(.fillLeft), .keyword(.fillRight):
      guard isBeforeParenthesis, let kind = Token.kind(ofWord: source.text(start, position)) else {
        return token(.identifier)
      }
      return token(kind)
    case .some(let kind): return token(kind)
    case nil: return token(hasColon ? .metricName : .identifier)
    }
  }

  private var isBeforeParenthesis: Bool {
    source.bytes[position...].first { !Self.isSpace($0) } == UInt8(ascii: "(")
  }

  private mutating func string() throws(QuerySyntaxError) -> Token {
    let literal: QuotedText.Literal
    do {
      literal = try QuotedText.literal(in: source.bytes, at: start)
    } catch {
      throw failure(error.message)
    }
    // What stands for bytes that were no UTF-8; Prometheus's lexer cannot tell it from them.
    if source.text(start, literal.end).unicodeScalars.contains("\u{FFFD}") {
      throw failure("invalid UTF-8 rune")
    }
    position = literal.end
    var token = token(.string)
    token.value = literal.value
    return token
  }

  private mutating func numberOrDuration() throws(QuerySyntaxError) -> Token {
    if isInBrackets { hasDuration = true }
    if scanNumber() { return token(.number) }
    if scanDuration() { return token(.duration) }
    let text = QuotedText.quoted(source.text(start, position))
    throw failure("bad number or duration syntax: \(text)")
  }
}
