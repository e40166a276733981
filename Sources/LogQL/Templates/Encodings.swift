import Telemetry
import Templates

/// Encodings that Loki's template functions read and write.
enum Encodings {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The UTF-8 of a text in base 64, padded.
  static func base64(_ text: String) -> String {
    var encoded: [UInt8] = []
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
      for digit in 0..<4 {
        let value = Int(bits >> UInt32(18 - 6 * digit) & 63)
        encoded.append(digit <= group.count ? alphabet[value] : UInt8(ascii: "="))
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// The text that a padded base 64 stands for; what is wrong with it is the text, as in sprig.
  static func base64Decoded(_ text: String) -> String {
    let digits = text.utf8.filter { $0 != 0x0A && $0 != 0x0D }
    let body = digits.prefix { $0 != UInt8(ascii: "=") }
    let values = body.compactMap { alphabet.firstIndex(of: $0) }
    guard digits.count % 4 == 0, digits.count - body.count <= 2, values.count == body.count,
      digits.dropFirst(body.count).allSatisfy({ $0 == UInt8(ascii: "=") })
    else { return "illegal base64 data at input byte \(values.count)" }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: values.count, by: 4) {
      let group = values[start..<min(start + 4, values.count)]
      let bits = group.reduce(0) { $0 << 6 | UInt32($1) } << UInt32(6 * (4 - group.count))
      for index in 0..<(group.count - 1) {
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(16 - 8 * index)))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text of a query string's part: `+` is a blank, `%20` as well.
  static func urlDecoded(_ text: String) throws(TemplateError) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "+") {
        bytes.append(UInt8(ascii: " "))
      } else if byte == UInt8(ascii: "%") {
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard digits.utf8.count == 2, !digits.hasPrefix("+"), !digits.hasPrefix("-"),
          let value = UInt8(digits, radix: 16)
        else {
          throw TemplateError("error calling urldecode: invalid URL escape \"%\(digits)\"")
        }
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value of a JSON document; nothing when it is none, as in sprig.
  static func json(_ text: String) -> TemplateValue {
    var copy = text
    return copy.withUTF8 { bytes in
      var scanner = JSONScanner(UnsafeRawBufferPointer(bytes))
      guard let value = try? scanner.value() else { return .none }
      return Encodings.value(value, depth: 0)
    }
  }

  private static func value(_ value: JSONScanner.Value, depth: Int) -> TemplateValue {
    guard depth < JSONStage.depthLimit else { return .none }
    switch value.kind {
    case .null: return .none
    case .bool: return .bool(value.bytes.first == UInt8(ascii: "t"))
    case .number: return GoNumber.value(value.bytes).map { .number($0) } ?? .none
    case .string: return .text(string(value.bytes))
    case .object:
      var members: [(key: String, value: TemplateValue)] = []
      var scanner = JSONScanner(value.bytes)
      try? scanner.members { key, member throws(JSONScanner.Mistake) in
        members.append((string(key), Encodings.value(member, depth: depth + 1)))
        return true
      }
      return .map(members.sorted { $0.key.precedesInBytes($1.key) })
    case .array:
      // Go's templates index lists by number; keys of this width sort as the numbers do.
      var elements: [(key: String, value: TemplateValue)] = []
      var scanner = JSONScanner(value.bytes)
      try? scanner.elements { element throws(JSONScanner.Mistake) in
        elements.append(("\(elements.count)", Encodings.value(element, depth: depth + 1)))
        return elements.count < 10_000
      }
      return .map(elements)
    }
  }

  private static func string(_ raw: UnsafeRawBufferPointer) -> String {
    let arena = ByteArena(capacity: raw.count + 16)
    return JSONText.append(raw, to: arena).map { Bytes.text(arena[$0]) } ?? ""
  }
}
