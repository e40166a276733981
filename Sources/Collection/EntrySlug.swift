/// Names of entries: numbered slugs, so that no text of a user ever becomes a path.
enum EntrySlug {
  private static let longest = 48

  /// The letters and digits of `text` in lower case, joined by single dashes; `fallback` when there
  /// are none.
  static func slug(_ text: String, fallback: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8.prefix(400) where bytes.count < longest {
      switch byte {
      case 48...57, 97...122: bytes.append(byte)
      case 65...90: bytes.append(byte + 32)
      default:
        if let last = bytes.last, last != UInt8(ascii: "-") { bytes.append(UInt8(ascii: "-")) }
      }
    }
    while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return bytes.isEmpty ? fallback : String(decoding: bytes, as: UTF8.self)
  }

  /// `0001-slug`, counted from 1.
  static func numbered(_ number: Int, _ slug: String) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-" + slug
  }
}
