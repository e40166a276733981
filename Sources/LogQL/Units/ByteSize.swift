/// Sizes such as `42`, `5 MiB`, `1.5kb`: decimal units, and binary ones with an `i`.
///
/// - Source: go-humanize, ParseBytes, which Loki reads sizes with.
enum ByteSize {
  /// The size in bytes, or nil when the text is none or too large for 64 bits.
  static func bytes(_ text: some Collection<UInt8>) -> UInt64? {
    let text = Array(text)
    let digits = text.prefix { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    let number = digits.filter { $0 != UInt8(ascii: ",") }
    guard let amount = GoNumber.value(number) else { return nil }
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D]
    var unit = text[digits.count...]
    while let first = unit.first, blanks.contains(first) { unit.removeFirst() }
    while let last = unit.last, blanks.contains(last) { unit.removeLast() }
    guard let multiple = multiple(String(decoding: unit, as: UTF8.self).lowercased()) else {
      return nil
    }
    let size = amount * multiple
    return size < 0x1p64 ? UInt64(size) : nil
  }

  private static func multiple(_ unit: String) -> Double? {
    if unit.isEmpty || unit == "b" { return 1 }
    guard let prefix = unit.utf8.first,
      let power = Array("kmgtpe".utf8).firstIndex(of: prefix).map({ $0 + 1 })
    else { return nil }
    let base: Double
    switch unit.dropFirst() {
    case "", "b": base = 1000
    case "i", "ib": base = 1024
    default: return nil
    }
    return (0..<power).reduce(1) { product, _ in product * base }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
