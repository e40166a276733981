import Telemetry

/// Reads labels of the test language from bytes.
struct NotationCursor {
  /// The most values one item such as `0x1000` may stand for.
  static let repetitionLimit = 1_000_000

  private let text: String
  let bytes: [UInt8]
  var offset = 0

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The byte at the cursor, or nil at the end.
  var next: UInt8? { isAtEnd ? nil : bytes[offset] }

  func failure(_ message: String) -> ConformanceError {
    .notation(text, message: message, offset: offset)
  }

  mutating func skipSpaces() {
    skip { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// Moves over one byte.
  mutating func advance() {
    offset += 1
  }

  /// Moves over `word` when it comes next.
  mutating func accept(_ word: String) -> Bool {
    guard bytes[offset...].starts(with: word.utf8) else { return false }
    offset += word.utf8.count
    return true
  }

  /// The longest run of bytes that satisfy `isIncluded`, as text.
  @discardableResult
  mutating func skip(while isIncluded: (UInt8) -> Bool) -> String {
    let start = offset
    while let byte = next, isIncluded(byte) { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  /// Everything up to and with `end`, or nil when it does not come.
  mutating func text(through end: String) -> String? {
    let start = offset
    while !isAtEnd {
      if accept(end) { return String(decoding: bytes[start..<offset], as: UTF8.self) }
      offset += 1
    }
    offset = start
    return nil
  }

  /// `name{label="value", …}`, either part optional but not both.
  mutating func labels() throws(ConformanceError) -> LabelSet {
    skipSpaces()
    let start = offset
    var labels: [Label] = []
    let name = identifier(allowingColon: true)
    if !name.isEmpty { labels.append(Label(name: "__name__", value: name)) }
    skipSpaces()
    if !isAtHistogram, accept("{") { labels += try bracedLabels() }
    guard offset > start else { throw failure("expected a metric name or labels") }
    return LabelSet(labels.filter { !$0.value.isEmpty })
  }

  /// Whether `{{` comes next, which no label set starts with.
  private var isAtHistogram: Bool { bytes[offset...].starts(with: "{{".utf8) }

  private mutating func bracedLabels() throws(ConformanceError) -> [Label] {
    var labels: [Label] = []
    while true {
      skipSpaces()
      if accept("}") { return labels }
      let isQuoted = next.map { [0x22, 0x27, 0x60].contains($0) } ?? false
      let name = isQuoted ? try quotedText() : identifier(allowingColon: false)
      guard !name.isEmpty else { throw failure("expected a label name or }") }
      skipSpaces()
      if accept("=") {
        skipSpaces()
        labels.append(Label(name: name, value: try quotedText()))
      } else {
        guard isQuoted else { throw failure("expected = after label \(name)") }
        labels.append(Label(name: "__name__", value: name))
      }
      skipSpaces()
      if !accept(","), next != UInt8(ascii: "}") { throw failure("expected , or }") }
    }
  }

  private mutating func identifier(allowingColon: Bool) -> String {
    guard let first = next, !(48...57).contains(first) else { return "" }
    return skip { byte in
      switch byte {
      case 48...57, 65...90, 95, 97...122: true
      case UInt8(ascii: ":"): allowingColon
      default: false
      }
    }
  }
}
