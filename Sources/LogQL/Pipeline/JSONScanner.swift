/// Walks through a JSON document in memory without building anything.
///
/// It is as forgiving as the reader that Loki uses: what is passed over is only checked for its
/// brackets and quotes, and what follows the document is not looked at.
///
/// - Source: https://github.com/buger/jsonparser
struct JSONScanner {
  /// The kinds of values.
  enum Kind {
    case string, number, bool, null, object, array
  }

  /// A value as it stands; a string without its quotes, with its escapes.
  struct Value {
    let kind: Kind
    let bytes: UnsafeRawBufferPointer
  }

  /// What is wrong with a document, in the words of Loki's reader.
  enum Mistake: String, Error {
    case json = "Malformed JSON error"
    case string = "Value is string, but can't find closing '\"' symbol"
    case array = "Value is array, but can't find closing ']' symbol"
    case object = "Value looks like object, but can't find closing '}' symbol"
    case value = "Value looks like Number/Boolean/None, but can't find its end: ',' or '}' symbol"
    case unknown = "Unknown value type"
    case depth = "Value nests too deeply"
  }

  private let text: UnsafeRawBufferPointer
  private var position = 0

  init(_ text: UnsafeRawBufferPointer) {
    self.text = text
  }

  /// Calls `body` for each member of the object at hand until it answers false.
  ///
  /// - Parameter body: The key as it stands, with its escapes, and the value.
  mutating func members(
    _ body: (_ key: UnsafeRawBufferPointer, _ value: Value) throws(Mistake) -> Bool
  ) throws(Mistake) {
    guard byteAfterBlanks() == UInt8(ascii: "{") else { throw .object }
    position += 1
    if byteAfterBlanks() == UInt8(ascii: "}") { return }
    while true {
      guard byteAfterBlanks() == UInt8(ascii: "\"") else {
        throw position < text.count ? .json : .object
      }
      let key = try string()
      guard byteAfterBlanks() == UInt8(ascii: ":") else { throw .json }
      position += 1
      guard try body(key, value()) else { return }
      switch byteAfterBlanks() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"): return
      case nil: throw .object
      default: throw .object
      }
    }
  }

  /// Calls `body` for each element of the array at hand until it answers false.
  mutating func elements(
    _ body: (_ element: Value) throws(Mistake) -> Bool
  ) throws(Mistake) {
    guard byteAfterBlanks() == UInt8(ascii: "[") else { throw .array }
    position += 1
    if byteAfterBlanks() == UInt8(ascii: "]") { return }
    while true {
      guard try body(value()), byteAfterBlanks() == UInt8(ascii: ",") else { return }
      position += 1
    }
  }

  /// The element of the array at hand with an index from 0; nil when there is none.
  mutating func element(at wanted: Int) throws(Mistake) -> Value? {
    guard byteAfterBlanks() == UInt8(ascii: "[") else { return nil }
    var found: Value?
    var index = 0
    try elements { element throws(Mistake) in
      if index == wanted { found = element }
      index += 1
      return found == nil
    }
    return found
  }

  /// The value at hand.
  mutating func value() throws(Mistake) -> Value {
    switch byteAfterBlanks() {
    case nil: throw .json
    case UInt8(ascii: "\""): return Value(kind: .string, bytes: try string())
    case UInt8(ascii: "{"): return Value(kind: .object, bytes: try block(.object))
    case UInt8(ascii: "["): return Value(kind: .array, bytes: try block(.array))
    default: return try word()
    }
  }

  private mutating func byteAfterBlanks() -> UInt8? {
    while position < text.count {
      let byte = text[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  /// What stands between the quotes at hand.
  private mutating func string() throws(Mistake) -> UnsafeRawBufferPointer {
    let start = position + 1
    var index = start
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\""):
        position = index + 1
        return UnsafeRawBufferPointer(rebasing: text[start..<index])
      case UInt8(ascii: "\\"): index += 2
      default: index += 1
      }
    }
    throw .string
  }

  /// An object or array with everything in it, checked for its brackets and strings only.
  private mutating func block(_ mistake: Mistake) throws(Mistake) -> UnsafeRawBufferPointer {
    let start = position
    let open = text[position]
    let close = open == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
    var depth = 0
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: "\""):
        _ = try string()
        continue
      case open: depth += 1
      case close: depth -= 1
      default: break
      }
      position += 1
      if depth == 0 { return UnsafeRawBufferPointer(rebasing: text[start..<position]) }
    }
    throw mistake
  }

  private mutating func word() throws(Mistake) -> Value {
    let start = position
    while position < text.count, !Self.endsWord(text[position]) { position += 1 }
    guard position < text.count else { throw .value }
    let bytes = UnsafeRawBufferPointer(rebasing: text[start..<position])
    guard let first = bytes.first else { throw .unknown }
    switch first {
    case UInt8(ascii: "t") where bytes.elementsEqual("true".utf8),
      UInt8(ascii: "f") where bytes.elementsEqual("false".utf8):
      return Value(kind: .bool, bytes: bytes)
    case UInt8(ascii: "n") where bytes.elementsEqual("null".utf8):
      return Value(kind: .null, bytes: bytes)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      return Value(kind: .number, bytes: bytes)
    default: throw .unknown
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}")
      || byte == UInt8(ascii: "]")
  }
}
