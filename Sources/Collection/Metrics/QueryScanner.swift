/// Reads the few parts of PromQL and LogQL that an import needs to understand.
struct QueryScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { position == bytes.count }
  var peek: UInt8? { isAtEnd ? nil : bytes[position] }
  /// What was not read yet.
  var rest: String { String(decoding: bytes[position...], as: UTF8.self) }

  mutating func skipSpace() {
    while let byte = peek, byte == 32 || (9...13).contains(byte) { position += 1 }
  }

  /// Skips `text` when it comes next.
  mutating func skip(_ text: String) -> Bool {
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  mutating func skipOne() { position = min(position + 1, bytes.count) }

  mutating func skipToEnd() { position = bytes.count }

  /// The text before the next `end`, which is skipped too; nil when there is none.
  mutating func text(before end: UInt8) -> String? {
    guard let index = bytes[position...].firstIndex(of: end) else { return nil }
    defer { position = index + 1 }
    return String(decoding: bytes[position..<index], as: UTF8.self)
  }

  /// A metric name, letters, digits, `_` and `:`, or nil when something else comes next.
  mutating func metricName() -> String? { word { Self.isNamePart($0) || $0 == UInt8(ascii: ":") } }

  /// `{name="value", …}`; nil when it is not well formed.
  mutating func matchers() -> [LabelMatcher]? {
    guard skip("{") else { return nil }
    var found: [LabelMatcher] = []
    while true {
      skipSpace()
      if skip("}") { return found }
      guard let matcher = matcher() else { return nil }
      found.append(matcher)
      skipSpace()
      guard skip(",") || peek == UInt8(ascii: "}") else { return nil }
    }
  }

  /// Whether a byte can be part of a label name.
  static func isNamePart(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  private mutating func matcher() -> LabelMatcher? {
    let isQuoted = peek == UInt8(ascii: "\"")
    guard let name = isQuoted ? quotedText() : word(Self.isNamePart) else { return nil }
    skipSpace()
    let next = peek
    if isQuoted, next == UInt8(ascii: ",") || next == UInt8(ascii: "}") {
      return LabelMatcher(label: "__name__", operation: .equal, value: name)
    }
    guard let operation = operation() else { return nil }
    skipSpace()
    guard let value = quotedText() else { return nil }
    return LabelMatcher(label: name, operation: operation, value: value)
  }

  private mutating func operation() -> LabelMatcher.Operation? {
    for operation in [LabelMatcher.Operation.matches, .matchesNot, .notEqual, .equal]
    where skip(operation.rawValue) {
      return operation
    }
    return nil
  }

  /// A string in double quotes, single quotes or backticks, with its escapes undone.
  mutating func quotedText() -> String? {
    guard let quote = peek, quote == 0x22 || quote == 0x27 || quote == 0x60 else { return nil }
    var text: [UInt8] = []
    position += 1
    while let byte = peek {
      position += 1
      if byte == quote { return String(decoding: text, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\"), quote != 0x60, let escaped = peek else {
        text.append(byte)
        continue
      }
      position += 1
      text.append(Self.unescaped(escaped))
    }
    return nil
  }

  private static func unescaped(_ byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "t"): 9
    case UInt8(ascii: "r"): 13
    default: byte
    }
  }

  private mutating func word(_ isPart: (UInt8) -> Bool) -> String? {
    guard let first = peek, isPart(first), !(48...57).contains(first) else { return nil }
    let start = position
    while let byte = peek, isPart(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }
}
