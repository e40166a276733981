import Telemetry

/// Reads the text of a manifest as one strict JSON document.
struct ManifestText {
  /// What is wrong and where.
  struct SyntaxError: Error {
    let reason: String
    let offset: Int
  }

  private static let maximumDepth = 32
  /// Enough for 100,000 files; a document of nothing but commas would take gigabytes.
  private static let maximumValues = 2_500_000
  private let bytes: [UInt8]
  private var position = 0
  private var values = 0

  /// The document that `bytes` hold.
  static func document(_ bytes: [UInt8]) throws -> JSONValue {
    var text = ManifestText(bytes: bytes)
    let value = try text.value(depth: 0)
    text.skipSpace()
    guard text.position == bytes.count else { throw text.error("more than one document") }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func value(depth: Int) throws -> JSONValue {
    guard depth < Self.maximumDepth else { throw error("nested too deeply") }
    values += 1
    guard values <= Self.maximumValues else { throw error("more values than a manifest has") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws -> JSONValue {
    var members: [JSONMember] = []
    var seen: Set<String> = []
    position += 1
    if skip("}") { return .object([]) }
    repeat {
      skipSpace()
      let key = try string()
      guard seen.insert(key).inserted else { throw error("key \"\(key)\" appears twice") }
      guard skip(":") else { throw error("a colon is missing") }
      members.append(JSONMember(key: key, value: try value(depth: depth + 1)))
    } while skip(",")
    guard skip("}") else { throw error("an object does not end") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws -> JSONValue {
    var elements: [JSONValue] = []
    position += 1
    if skip("]") { return .array([]) }
    repeat {
      elements.append(try value(depth: depth + 1))
    } while skip(",")
    guard skip("]") else { throw error("an array does not end") }
    return .array(elements)
  }

  private mutating func number() throws -> JSONValue {
    let digits = bytes[position...].prefix {
      (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0)
    }
    let text = String(decoding: digits, as: UTF8.self)
    guard digits.count <= 40, digits.last.map({ (0x30...0x39).contains($0) }) == true,
      Double(text) != nil
    else { throw error("a value is expected") }
    position += digits.count
    return .number(text)
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws -> JSONValue {
    guard bytes[position...].starts(with: text.utf8) else { throw error("a value is expected") }
    position += text.utf8.count
    return value
  }

  private mutating func string() throws -> String {
    guard peek == UInt8(ascii: "\"") else { throw error("a string is expected") }
    position += 1
    var content: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw error("a control character stands in a string") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        content.append(contentsOf: String(try escape()).utf8)
      } else {
        content.append(byte)
      }
    }
    guard skip("\""), let text = String(validating: content, as: UTF8.self) else {
      throw error("a string does not end or is not UTF-8")
    }
    return text
  }

  private mutating func escape() throws -> Unicode.Scalar {
    let byte = peek
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Unicode.Scalar(byte ?? 0)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("an escape is not valid")
    }
  }

  private mutating func unicodeEscape() throws -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[position...].starts(with: "\\u".utf8) else {
      throw error("half of a surrogate pair")
    }
    position += 2
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error("half of a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("an escape is not valid") }
    position += 4
    return value
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard let byte = peek, byte == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { position += 1 }
  }

  private func error(_ reason: String) -> SyntaxError {
    SyntaxError(reason: reason, offset: position)
  }
}
