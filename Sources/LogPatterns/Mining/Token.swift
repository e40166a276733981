/// A piece of a line: a word, a mark, or a value that varies.
struct Token {
  /// What a token is.
  enum Kind: UInt8 {
    /// A word that belongs to the wording.
    case word
    /// One character between words.
    case mark
    /// A value: a number, an id, an address, a path.
    case variable
  }

  /// Equal for equal words and marks; `variableHash` for every variable.
  var hash: UInt64
  /// Where its bytes begin and end in the line.
  var start: Int32
  var end: Int32
  var kind: Kind
  /// Whether no blank stands before it.
  var isGlued: Bool
  /// What kinds of bytes it holds.
  var bytes: ByteSet

  static let variableHash: UInt64 = 0x9E37_79B9_7F4A_7C15
}

/// Kinds of bytes, as far as the tokens of a line tell them apart.
struct ByteSet: OptionSet {
  let rawValue: UInt8

  static let digit = ByteSet(rawValue: 1)
  static let letter = ByteSet(rawValue: 2)
  static let slash = ByteSet(rawValue: 4)
  static let backslash = ByteSet(rawValue: 8)
  static let dot = ByteSet(rawValue: 16)
  static let at = ByteSet(rawValue: 32)
  /// A letter that is no hexadecimal digit, or any other byte inside a word.
  static let beyondHex = ByteSet(rawValue: 64)
  /// A blank, a control character or a mark: ends a word.
  static let end = ByteSet(rawValue: 128)

  /// The set of each of the 256 bytes.
  static let ofBytes: [UInt8] = (0...255).map { set(of: UInt8($0)).rawValue }

  private static func set(of byte: UInt8) -> ByteSet {
    switch byte {
    case 0...0x20, 0x7F: .end
    case 0x30...0x39: .digit
    case 0x41...0x46, 0x61...0x66: .letter
    case 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: [.letter, .beyondHex]
    case UInt8(ascii: "/"): [.slash, .beyondHex]
    case UInt8(ascii: "\\"): [.backslash, .beyondHex]
    case UInt8(ascii: "."): [.dot, .beyondHex]
    case UInt8(ascii: "@"): [.at, .beyondHex]
    case UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "|"):
      .end
    default: .beyondHex
    }
  }
}
