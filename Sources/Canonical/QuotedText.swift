/// Texts in quotes, as Go and the languages built on it share them: `"…"` and `'…'` with the
/// escapes of Go, and `` `…` `` without any.
///
/// - Source: prometheus/promql/parser/lex.go and the Go specification, "String literals".
public enum QuotedText {
  /// A literal that has been read.
  public struct Literal: Hashable, Sendable {
    /// The text without quotes and escapes; nil when escapes made bytes that are not UTF-8.
    public let value: String?
    /// The offset of the byte after the closing quote.
    public let end: Int
  }

  /// Why a literal cannot be read, in the words of Prometheus's reader.
  public struct Failure: Error, Hashable, Sendable {
    /// What is wrong.
    public let message: String
  }

  /// Reads the literal whose opening quote stands at `start`.
  public static func literal(
    in bytes: [UInt8], at start: Int
  ) throws(Failure) -> Literal {
    let quote = bytes[start]
    let isRaw = quote == UInt8(ascii: "`")
    var value: [UInt8] = []
    var position = start + 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote {
        return Literal(value: String(validating: value, as: UTF8.self), end: position + 1)
      }
      if byte == UInt8(ascii: "\n") && !isRaw { break }
      if byte == UInt8(ascii: "\\") && !isRaw {
        position = try readEscape(in: bytes, at: position + 1, quote: quote, into: &value)
      } else {
        value.append(byte)
        position += 1
      }
    }
    throw Failure(message: isRaw ? "unterminated raw string" : "unterminated quoted string")
  }

  /// Reads what follows a backslash; returns the offset of the next byte.
  private static func readEscape(
    in bytes: [UInt8], at start: Int, quote: UInt8, into value: inout [UInt8]
  ) throws(Failure) -> Int {
    guard start < bytes.count else { throw Failure(message: "escape sequence not terminated") }
    let byte = bytes[start]
    if byte == quote || byte == UInt8(ascii: "\\") {
      value.append(byte)
      return start + 1
    }
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      return try readCode(in: bytes, at: start, digits: 3, base: 8, isByte: true, into: &value)
    case UInt8(ascii: "x"):
      return try readCode(in: bytes, at: start + 1, digits: 2, base: 16, isByte: true, into: &value)
    case UInt8(ascii: "u"):
      return try readCode(
        in: bytes, at: start + 1, digits: 4, base: 16, isByte: false, into: &value)
    case UInt8(ascii: "U"):
      return try readCode(
        in: bytes, at: start + 1, digits: 8, base: 16, isByte: false, into: &value)
    default:
      guard let code = controlCodes[byte] else {
        throw Failure(message: "unknown escape sequence \(unicode(in: bytes, at: start))")
      }
      value.append(code)
      return start + 1
    }
  }

  private static let controlCodes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "r"): 0x0D,
  ]

  private static func readCode(
    in bytes: [UInt8], at start: Int, digits: Int, base: UInt32, isByte: Bool,
    into value: inout [UInt8]
  ) throws(Failure) -> Int {
    var code: UInt32 = 0
    for offset in start..<start + digits {
      guard offset < bytes.count else { throw Failure(message: "escape sequence not terminated") }
      guard let digit = Character(UnicodeScalar(bytes[offset])).hexDigitValue, digit < base else {
        throw Failure(
          message: "illegal character \(unicode(in: bytes, at: offset)) in escape sequence")
      }
      code = code &* base &+ UInt32(digit)
    }
    guard isByte ? code < 256 : UnicodeScalar(code) != nil else {
      throw Failure(message: "escape sequence is an invalid Unicode code point")
    }
    if isByte {
      value.append(UInt8(truncatingIfNeeded: code))
    } else if let scalar = UnicodeScalar(code) {
      value.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
    return start + digits
  }

  /// A character as Go's `%#U` writes it: `U+0078 'x'`.
  private static func unicode(in bytes: [UInt8], at offset: Int) -> String {
    let rest = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
    guard let scalar = rest.unicodeScalars.first else { return "U+FFFD" }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return isPrintable(scalar) ? "\(code) '\(scalar)'" : code
  }

  /// A text in double quotes with Go's escapes; reading it gives the same text.
  public static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars { quoted += escaped(scalar, quote: "\"") }
    return quoted + "\""
  }

  /// A character in single quotes with Go's escapes.
  public static func quoted(_ scalar: UnicodeScalar) -> String {
    "'" + escaped(scalar, quote: "'") + "'"
  }

  private static func escaped(_ scalar: UnicodeScalar, quote: UnicodeScalar) -> String {
    if scalar == quote || scalar == "\\" { return "\\\(scalar)" }
    if isPrintable(scalar) { return String(scalar) }
    if let code = controlCodes.first(where: { UInt32($0.value) == scalar.value })?.key {
      return "\\" + String(UnicodeScalar(code))
    }
    let digits = String(scalar.value, radix: 16)
    func padded(_ count: Int) -> String {
      String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    if scalar.value < 0x80 { return "\\x" + padded(2) }
    return scalar.value < 0x10000 ? "\\u" + padded(4) : "\\U" + padded(8)
  }

  private static func isPrintable(_ scalar: UnicodeScalar) -> Bool {
    if scalar == " " { return true }
    if scalar.value == 0xFFFD { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }
}
