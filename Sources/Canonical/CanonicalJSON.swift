import Telemetry

extension Canonical {
  /// A JSON document as UTF-8 with members in the order given, closed by a line feed.
  ///
  /// - Parameter isPretty: Two spaces a level when true; no spaces at all when false.
  public static func json(_ value: JSONValue, isPretty: Bool = true) -> [UInt8] {
    var output: [UInt8] = []
    append(value, to: &output, indent: isPretty ? 0 : nil)
    output.append(UInt8(ascii: "\n"))
    return output
  }

  /// Appends `text` as a JSON string with its quotes.
  public static func appendString(_ text: String, to output: inout [UInt8]) {
    var text = text
    text.withUTF8 { appendString(UnsafeRawBufferPointer($0), to: &output) }
  }

  /// Appends bytes that are valid UTF-8 as a JSON string with its quotes.
  ///
  /// Escapes `"`, `\` and control characters, and nothing else.
  public static func appendString(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    var runStart = 0
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        continue
      }
      output.append(contentsOf: bytes[runStart..<index])
      appendEscape(byte, to: &output)
      runStart = index + 1
    }
    output.append(contentsOf: bytes[runStart...])
    output.append(UInt8(ascii: "\""))
  }

  private static func appendEscape(_ byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
    default:
      let digits = Array("0123456789abcdef".utf8)
      output.append(contentsOf: Array("u00".utf8))
      output.append(digits[Int(byte >> 4)])
      output.append(digits[Int(byte & 15)])
    }
  }

  private static func append(_ value: JSONValue, to output: inout [UInt8], indent: Int?) {
    switch value {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
    case .number(let text): output.append(contentsOf: text.utf8)
    case .string(let text): appendString(text, to: &output)
    case .array(let elements):
      appendList("[", "]", elements, to: &output, indent: indent) {
        append($0, to: &$1, indent: $2)
      }
    case .object(let members):
      appendList("{", "}", members, to: &output, indent: indent) {
        appendString($0.key, to: &$1)
        $1.append(UInt8(ascii: ":"))
        if $2 != nil { $1.append(UInt8(ascii: " ")) }
        append($0.value, to: &$1, indent: $2)
      }
    }
  }

  private static func appendList<Item>(
    _ open: Character, _ close: Character, _ items: [Item], to output: inout [UInt8], indent: Int?,
    appendItem: (Item, inout [UInt8], Int?) -> Void
  ) {
    output.append(contentsOf: String(open).utf8)
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      appendLineBreak(indent.map { $0 + 1 }, to: &output)
      appendItem(item, &output, indent.map { $0 + 1 })
    }
    if !items.isEmpty { appendLineBreak(indent, to: &output) }
    output.append(contentsOf: String(close).utf8)
  }

  private static func appendLineBreak(_ indent: Int?, to output: inout [UInt8]) {
    guard let indent else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent * 2))
  }
}

extension JSONValue {
  /// A number with the fewest digits that read back to the same value; null for NaN and infinity,
  /// which JSON cannot say.
  public static func number(_ value: Double) -> JSONValue {
    value.isFinite ? .number(Canonical.text(value)) : .null
  }

  /// A whole number.
  public static func number(_ value: some BinaryInteger) -> JSONValue {
    .number(String(value))
  }

  /// An instant as RFC 3339.
  public static func time(_ instant: Timestamp) -> JSONValue {
    .string(Canonical.text(instant))
  }

  /// An object with members in the order given.
  public static func object(_ pairs: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(pairs.map { JSONMember(key: $0.key, value: $0.value) })
  }
}
