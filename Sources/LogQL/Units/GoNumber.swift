/// Numbers as Go reads them: decimal digits, exponents, hexadecimal with an exponent, `inf`, `nan`.
///
/// - Source: Go, strconv.ParseFloat.
enum GoNumber {
  /// The value, or nil when the bytes are no number or out of range.
  static func value(_ bytes: some Collection<UInt8>) -> Double? {
    guard !bytes.isEmpty, bytes.count <= 512, !bytes.contains(UInt8(ascii: "(")) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let value = Double(text) else { return nil }
    let lower = text.lowercased()
    if lower.contains("x"), !lower.contains("p") { return nil }
    // Swift reads what overflows as infinity; Go refuses it.
    return value.isInfinite && !lower.contains("inf") ? nil : value
  }
}
