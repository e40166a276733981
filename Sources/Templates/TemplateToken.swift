import Canonical

/// A word inside `{{ … }}`.
struct TemplateToken: Equatable {
  enum Kind: Equatable {
    case word(String)
    /// `.name`
    case field(String)
    case dot
    /// `$name`, or `$` alone with an empty name
    case variable(String)
    case number(String)
    case text(String)
    /// One of `( ) | , := =`
    case mark(String)
  }

  let kind: Kind
  /// Whether no space stands before it.
  let isAdjacent: Bool
}

/// Splits the inside of an action into tokens.
struct TemplateTokens {
  private let scalars: [Unicode.Scalar]
  private var index = 0

  static func tokens(of text: String) throws(TemplateError) -> [TemplateToken] {
    var reader = TemplateTokens(scalars: Array(text.unicodeScalars))
    return try reader.all()
  }

  private init(scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  private mutating func all() throws(TemplateError) -> [TemplateToken] {
    var tokens: [TemplateToken] = []
    while true {
      let start = index
      while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
      guard index < scalars.count else { return tokens }
      let isAdjacent = start == index
      tokens.append(TemplateToken(kind: try kind(), isAdjacent: isAdjacent))
    }
  }

  private mutating func kind() throws(TemplateError) -> TemplateToken.Kind {
    let scalar = scalars[index]
    switch scalar {
    case "(", ")", "|", ",", "=":
      index += 1
      return .mark(String(scalar))
    case ":" where peek(1) == "=":
      index += 2
      return .mark(":=")
    case "$":
      index += 1
      return .variable(name())
    case "." where peek(1).map(Self.isNameStart) ?? false:
      index += 1
      return .field(name())
    case "." where !(peek(1).map(Self.isDigit) ?? false):
      index += 1
      return .dot
    case "\"", "`", "'": return try quoted(by: scalar)
    case "+", "-", ".", "0"..."9": return .number(run { Self.isName($0) || "+-.".contains($0) })
    default:
      guard Self.isNameStart(scalar) else {
        throw TemplateError("unexpected \"\(scalar)\" in command")
      }
      return .word(name())
    }
  }

  private func peek(_ distance: Int) -> Character? {
    index + distance < scalars.count ? Character(scalars[index + distance]) : nil
  }

  private mutating func name() -> String { run(while: Self.isName) }

  private mutating func run(while isIncluded: (Character) -> Bool) -> String {
    let start = index
    while index < scalars.count, isIncluded(Character(scalars[index])) { index += 1 }
    return String(String.UnicodeScalarView(scalars[start..<index]))
  }

  private static func isName(_ character: Character) -> Bool {
    character == "_" || character.isLetter || character.isNumber
  }

  private static func isNameStart(_ character: Character) -> Bool {
    character == "_" || character.isLetter
  }

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    isNameStart(Character(scalar))
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  /// A text, or the number of a character in single quotes.
  private mutating func quoted(by quote: Unicode.Scalar) throws(TemplateError) -> TemplateToken.Kind
  {
    let start = index
    index += 1
    while index < scalars.count, scalars[index] != quote {
      index += scalars[index] == "\\" && quote != "`" ? 2 : 1
    }
    index = min(index + 1, scalars.count)
    let written = Array(String(String.UnicodeScalarView(scalars[start..<index])).utf8)
    let literal: QuotedText.Literal
    do {
      literal = try QuotedText.literal(in: written, at: 0)
    } catch {
      throw TemplateError(error.message)
    }
    guard let text = literal.value else { throw TemplateError("invalid escape") }
    guard quote == "'" else { return .text(text) }
    guard let only = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
      throw TemplateError("malformed character constant")
    }
    return .number("\(only.value)")
  }
}
