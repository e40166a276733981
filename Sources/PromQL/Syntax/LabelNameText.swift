/// How names of metrics and labels are written: bare where the grammar allows, else in quotes.
enum LabelNameText {
  /// A label's name.
  static func text(_ name: String) -> String {
    isBareLabel(name) ? name : QuotedText.quoted(name)
  }

  /// Names with commas between them.
  static func list(_ names: [String]) -> String {
    names.map(text).joined(separator: ", ")
  }

  /// Whether a metric's name needs no quotes; words of the language get some, though Prometheus
  /// reads most of them bare.
  static func isMetricName(_ name: String) -> Bool {
    isWord(name, allowsColons: true) && Token.kind(ofWord: name) == nil
  }

  private static func isBareLabel(_ name: String) -> Bool {
    guard isWord(name, allowsColons: false) else { return false }
    return switch Token.kind(ofWord: name) {
    case .number, .keyword(.without): false
    default: true
    }
  }

  private static func isWord(_ name: String, allowsColons: Bool) -> Bool {
    guard let first = name.utf8.first, !Lexer.isDigit(first) else { return false }
    return name.utf8.allSatisfy { byte in
      Lexer.isLetter(byte) || Lexer.isDigit(byte) || allowsColons && byte == UInt8(ascii: ":")
    }
  }
}
