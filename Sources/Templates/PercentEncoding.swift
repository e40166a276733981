/// Texts made safe for a URL or for HTML, as Go does it.
public enum PercentEncoding {
  /// A text for the query of a URL: a space becomes `+`.
  public static func query(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.map { byte in
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"):
        String(Character(Unicode.Scalar(byte)))
      case UInt8(ascii: " "): "+"
      default: "%\(digits[Int(byte) >> 4])\(digits[Int(byte) & 15])"
      }
    }.joined()
  }

  /// A text for HTML.
  public static func html(_ text: String) -> String {
    text.map { character in
      switch character {
      case "<": "&lt;"
      case ">": "&gt;"
      case "&": "&amp;"
      case "\"": "&#34;"
      case "'": "&#39;"
      default: String(character)
      }
    }.joined()
  }
}
