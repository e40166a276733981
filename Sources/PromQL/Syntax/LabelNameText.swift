import Canonical

/// How names of metrics and labels are written: bare where the grammar allows, else in quotes.
enum LabelNameText {
  /// A label's name inside braces, where every word is a name.
  static func text(_ name: String) -> String {
    isWord(name, allowsColons: false) ? name : QuotedText.quoted(name)
  }

  /// Names inside the parentheses of a modifier, with commas between them.
  static func list(_ names: [String]) -> String {
    let texts = names.map { name in
      switch Token.kind(ofWord: name) {
      case .number, .keyword(.without): QuotedText.quoted(name)
      default: text(name)
      }
    }
    return texts.joined(separator: ", ")
  }

  /// Whether a metric's name needs no quotes; words of the language get some, though Prometheus
  /// reads most of them bare.
  static func isMetricName(_ name: String) -> Bool {
    guard isWord(name, allowsColons: true) else { return false }
    switch Token.kind(ofWord: name) {
    // Modifiers only before a parenthesis, which never follows a selector.
    case nil, .keyword(.fill), .keyword(.fillLeft), .keyword(.fillRight): return true
    default: return false
    }
  }

  private static func isWord(_ name: String, allowsColons: Bool) -> Bool {
    guard let first = name.utf8.first, !Lexer.isDigit(first) else { return false }
    return name.utf8.allSatisfy { byte in
      Lexer.isLetter(byte) || Lexer.isDigit(byte) || allowsColons && byte == UInt8(ascii: ":")
    }
  }
}
