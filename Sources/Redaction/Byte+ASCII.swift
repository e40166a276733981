extension UInt8 {
  static var tab: UInt8 { 0x09 }
  static var newline: UInt8 { 0x0A }
  static var space: UInt8 { 0x20 }
  static var quote: UInt8 { 0x22 }
  static var hash: UInt8 { 0x23 }
  static var percent: UInt8 { 0x25 }
  static var ampersand: UInt8 { 0x26 }
  static var apostrophe: UInt8 { 0x27 }
  static var openParenthesis: UInt8 { 0x28 }
  static var closeParenthesis: UInt8 { 0x29 }
  static var comma: UInt8 { 0x2C }
  static var hyphen: UInt8 { 0x2D }
  static var dot: UInt8 { 0x2E }
  static var slash: UInt8 { 0x2F }
  static var colon: UInt8 { 0x3A }
  static var semicolon: UInt8 { 0x3B }
  static var less: UInt8 { 0x3C }
  static var equals: UInt8 { 0x3D }
  static var greater: UInt8 { 0x3E }
  static var questionMark: UInt8 { 0x3F }
  static var openBracket: UInt8 { 0x5B }
  static var backslash: UInt8 { 0x5C }
  static var closeBracket: UInt8 { 0x5D }
  static var underscore: UInt8 { 0x5F }
  static var backtick: UInt8 { 0x60 }
  static var openBrace: UInt8 { 0x7B }
  static var bar: UInt8 { 0x7C }
  static var closeBrace: UInt8 { 0x7D }

  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLowercaseLetter: Bool { (0x61...0x7A).contains(self) }
  var isUppercaseLetter: Bool { (0x41...0x5A).contains(self) }
  var isLetter: Bool { isLowercaseLetter || isUppercaseLetter }
  /// Letters and digits, and every byte of a character beyond ASCII.
  var isWordy: Bool { isLetter || isDigit || self >= 0x80 }
  var isBlank: Bool { self == .space || self == .tab }
  /// Blanks, line ends and other control characters.
  var isSpace: Bool { self <= .space }
  var isQuote: Bool { self == .quote || self == .apostrophe || self == .backtick }
  var isKeyCharacter: Bool {
    isLetter || isDigit || self == .underscore || self == .hyphen || self == .dot
  }
  var isUTF8Continuation: Bool { self & 0xC0 == 0x80 }
}

extension [UInt8] {
  /// The byte at `index`, or nil outside of the array.
  func byte(at index: Int) -> UInt8? { indices.contains(index) ? self[index] : nil }

  /// Whether `word` stands at `index`.
  func has(_ word: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + word.utf8CodeUnitCount <= count else { return false }
    return word.withUTF8Buffer { $0.elementsEqual(self[index..<index + $0.count]) }
  }

  /// The first index at or after `index` whose byte is not a blank.
  func skippingBlanks(from index: Int) -> Int {
    self[Swift.min(index, count)...].firstIndex { !$0.isBlank } ?? count
  }

  /// The end of the line that holds `index`, without its line feed.
  func lineEnd(from index: Int) -> Int {
    self[Swift.min(index, count)...].firstIndex(of: .newline) ?? count
  }
}
