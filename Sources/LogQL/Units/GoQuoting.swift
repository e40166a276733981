import Canonical

/// Texts in double quotes with the escapes of Go.
///
/// - Source: Go, strconv.Quote and strconv.Unquote.
enum GoQuoting {
  /// The text of what stands between the quotes, or nil when an escape is wrong.
  static func unquoted(_ inner: ArraySlice<UInt8>) -> String? {
    var text: [UInt8] = []
    var rest = inner
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard let letter = rest.popFirst(), append(escape: letter, &rest, to: &text) else {
        return nil
      }
    }
    return String(validating: text, as: UTF8.self)
  }

  private static func append(
    escape letter: UInt8, _ rest: inout ArraySlice<UInt8>, to text: inout [UInt8]
  ) -> Bool {
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
      UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
      UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]
    if let byte = simple[letter] {
      text.append(byte)
      return true
    }
    switch letter {
    case UInt8(ascii: "x"):
      guard let value = number(&rest, digits: 2, radix: 16) else { return false }
      text.append(UInt8(truncatingIfNeeded: value))
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      let first = UInt32(letter - UInt8(ascii: "0")) * 64
      guard let value = number(&rest, digits: 2, radix: 8), first + value < 256 else {
        return false
      }
      text.append(UInt8(truncatingIfNeeded: first + value))
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let digits = letter == UInt8(ascii: "u") ? 4 : 8
      guard let value = number(&rest, digits: digits, radix: 16), let scalar = Unicode.Scalar(value)
      else { return false }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: return false
    }
    return true
  }

  private static func number(
    _ rest: inout ArraySlice<UInt8>, digits: Int, radix: Int
  ) -> UInt32? {
    let text = rest.prefix(digits)
    guard text.count == digits, text.allSatisfy({ $0 != UInt8(ascii: "+") }) else { return nil }
    rest = rest.dropFirst(digits)
    return UInt32(String(decoding: text, as: UTF8.self), radix: radix)
  }
}

extension Canonical {
  /// A text in double quotes with Go's escapes; printable text of any script stays as it is.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
