/// Log lines made harmless for a terminal without hiding what stands in them.
enum VisibleText {
  /// Bytes shown of one line.
  static let limit = 16_384

  /// The line with `\n`, `\t`, `\x1b` and the like for what does not show, `…` and the number of
  /// bytes left out where it was cut.
  static func line(_ bytes: [UInt8]) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in String(decoding: bytes.prefix(limit), as: UTF8.self).unicodeScalars {
      switch scalar {
      case "\n": shown.append(contentsOf: "\\n".unicodeScalars)
      case "\r": shown.append(contentsOf: "\\r".unicodeScalars)
      case "\t": shown.append(contentsOf: "\\t".unicodeScalars)
      case "\u{2028}", "\u{2029}": shown.append(contentsOf: escaped(scalar))
      default:
        if PlainText.isHidden(scalar) {
          shown.append(contentsOf: escaped(scalar))
        } else {
          shown.append(scalar)
        }
      }
    }
    let rest = bytes.count - limit
    return String(shown) + (rest > 0 ? "… (\(rest) bytes more)" : "")
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
    let digits = String(scalar.value, radix: 16)
    let text =
      scalar.value < 0x100
      ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
    return text.unicodeScalars
  }
}
