/// Reads base64 in both alphabets of RFC 4648, with or without padding.
enum Base64Text {
  /// What `text` encodes, or nil when it is not base64.
  static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let body = text.prefix { $0 != .equals }
    guard text.count - body.count <= 2, body.count % 4 != 1 else { return nil }
    guard text[body.endIndex...].allSatisfy({ $0 == .equals }) else { return nil }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(body.count * 3 / 4)
    var bits: UInt32 = 0
    var bitCount = 0
    for character in body {
      guard let value = value(of: character) else { return nil }
      bits = (bits << 6) | value
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
      }
    }
    return decoded
  }

  /// What `text` encodes when that is text for people, or nil.
  static func decodedText(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard let start = decoded(text.prefix(8)), isText(start), let all = decoded(text), isText(all)
    else { return nil }
    return all
  }

  private static func isText(_ bytes: [UInt8]) -> Bool {
    bytes.allSatisfy { ($0 >= .space && $0 != 0x7F) || $0 == .tab || $0 == .newline || $0 == 0x0D }
  }

  private static func value(of character: UInt8) -> UInt32? {
    switch character {
    case 0x41...0x5A: UInt32(character - 0x41)
    case 0x61...0x7A: UInt32(character - 0x61) + 26
    case 0x30...0x39: UInt32(character - 0x30) + 52
    case 0x2B, 0x2D: 62
    case 0x2F, 0x5F: 63
    default: nil
    }
  }
}
