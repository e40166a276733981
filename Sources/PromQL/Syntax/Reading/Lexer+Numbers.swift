extension Lexer {
  /// Steps over a number; false when it is none, with what was seen stepped over.
  mutating func scanNumber() -> Bool {
    let first = position
    var isDigit = Self.isDigit
    var isHexadecimal = false
    if accept({ $0 == UInt8(ascii: "0") }) && accept({ $0 | 0x20 == UInt8(ascii: "x") }) {
      _ = accept { $0 == UInt8(ascii: "_") }
      isDigit = { Self.isDigit($0) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 | 0x20 }
      isHexadecimal = true
    }
    _ = accept { $0 == UInt8(ascii: ".") }
    _ = accept(isDigit)
    guard scanRest(isDigit, isHexadecimal: isHexadecimal), position > first else { return false }
    return peek().map { !Self.isLetter($0) && !Self.isDigit($0) } ?? true
  }

  /// Digits, points, exponents and underscores, none of which may stand before just any other.
  private mutating func scanRest(
    _ isDigit: (UInt8) -> Bool, isHexadecimal: Bool
  ) -> Bool {
    var hasPoint = false
    var hasExponent = false
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "."):
        position += 1
        if hasPoint || accept({ $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") }) {
          return false
        }
        if isHexadecimal { return false }
        hasPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        position += 1
        if hasExponent { return false }
        hasExponent = true
        _ = accept { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        if accept(Self.isPart) || peek() == nil { return false }
      case UInt8(ascii: "_"):
        position += 1
        if accept(Self.isPart) || peek() == nil { return false }
      default:
        guard isDigit(byte) else { return true }
        position += 1
      }
    }
    return true
  }

  /// Steps over the rest of a duration whose first number has been stepped over.
  mutating func scanDuration() -> Bool {
    guard accept({ "smhdwy".utf8.contains($0) }) else { return false }
    _ = accept { $0 == UInt8(ascii: "s") }
    while accept(Self.isDigit) {
      while accept(Self.isDigit) {}
      guard accept({ "smhdw".utf8.contains($0) }) else { return false }
      _ = accept { $0 == UInt8(ascii: "s") }
    }
    return !accept { Self.isLetter($0) || Self.isDigit($0) }
  }

  private mutating func accept(_ isWanted: (UInt8) -> Bool) -> Bool {
    guard let byte = peek(), isWanted(byte) else { return false }
    position += 1
    return true
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte | 0x20 == UInt8(ascii: "e")
  }

  static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  /// Whether a name may begin with it.
  static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "_")
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
      || byte == UInt8(ascii: "\r")
  }

  static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
  }
}
