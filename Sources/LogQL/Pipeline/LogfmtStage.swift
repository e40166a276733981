/// `| logfmt`: labels from `key=value key="quoted value"`.
///
/// - Source: Loki 3, pkg/logql/log/parser.go, `LogfmtParser`; pkg/logql/log/logfmt/decode.go.
struct LogfmtStage: Sendable {
  /// The labels that were named, with their keys; none for all keys.
  let fields: [NamedField]
  /// Whether the first mistake ends the reading, and is an error.
  let isStrict: Bool
  /// Whether a key without a value gives an empty label.
  let keepsEmpty: Bool

  /// Adds the labels of a line.
  func extract(from line: UnsafeRawBufferPointer, to finder: LabelFinder) {
    guard !finder.isDone else { return }
    for field in fields {
      finder.begin()
      if !field.label.withUnsafeBytes({ finder.labels.streamHas($0) }) {
        finder.labels.set(field.label, to: UnsafeRawBufferPointer(start: nil, count: 0))
      }
    }
    var reader = LogfmtReader(line)
    while !reader.isAtEnd {
      guard let pair = reader.next() else {
        if isStrict { break }
        continue
      }
      if fields.isEmpty ? extractsAny(pair, to: finder) : extractsNamed(pair, to: finder) { break }
    }
    finder.end(.logfmt)
    if isStrict, let mistake = reader.mistake { finder.labels.fail(.logfmt, mistake) }
  }

  /// Adds a pair as a label; whether nothing more is wanted.
  private func extractsAny(_ pair: LogfmtReader.Pair, to finder: LabelFinder) -> Bool {
    guard keepsEmpty || !pair.value.isEmpty || pair.isEscaped else { return false }
    finder.begin()
    FieldName.append(pair.key, to: finder.name, from: 0)
    if let name = finder.wantedName() { set(name, pair, finder) }
    return finder.isDone
  }

  /// Adds a pair if it was named.
  private func extractsNamed(_ pair: LogfmtReader.Pair, to finder: LabelFinder) -> Bool {
    finder.begin()
    FieldName.append(pair.key, to: finder.name, from: 0)
    let key = finder.name[finder.name.span(from: 0)]
    guard let field = fields.first(where: { $0.isKey(key) }) else { return false }
    finder.begin()
    field.label.withUnsafeBytes { _ = finder.name.append($0) }
    if field.label.withUnsafeBytes({ finder.labels.streamHas($0) }) {
      finder.name.append("_extracted")
      guard finder.labels.demand.includes(finder.name[finder.name.span(from: 0)]) else {
        return true
      }
    }
    set(finder.name.span(from: 0), pair, finder)
    return false
  }

  private func set(_ name: ByteSpan, _ pair: LogfmtReader.Pair, _ finder: LabelFinder) {
    // A quoted value has the escapes of JSON; U+FFFD becomes a blank in either case.
    if pair.isEscaped || Self.holdsReplacement(pair.value) {
      finder.set(name, toJSON: pair.value)
    } else {
      finder.set(name, to: pair.value)
    }
  }

  private static func holdsReplacement(_ value: UnsafeRawBufferPointer) -> Bool {
    value.contains(0xEF)
      && [0xEF, 0xBF, 0xBD].withUnsafeBytes { Bytes.index(of: $0, in: value) } != nil
  }
}

extension NamedField {
  /// Whether a key is the one that the field names.
  fileprivate func isKey(_ key: UnsafeRawBufferPointer) -> Bool {
    if case .member(let name)? = path.steps.first, path.steps.count == 1 {
      return name.hasSameBytes(as: key)
    }
    return false
  }
}

/// Cuts a line into the pairs of logfmt.
struct LogfmtReader {
  /// A key and its value, without quotes.
  struct Pair {
    let key: UnsafeRawBufferPointer
    let value: UnsafeRawBufferPointer
    /// Whether the value has escapes.
    let isEscaped: Bool
  }

  private let line: UnsafeRawBufferPointer
  private var position = 0
  /// The last mistake, in Loki's words.
  private(set) var mistake: String?

  init(_ line: UnsafeRawBufferPointer) {
    self.line = line
  }

  var isAtEnd: Bool { position >= line.count }

  /// The next pair; nil at the end and where there is a mistake, behind which reading goes on.
  mutating func next() -> Pair? {
    while position < line.count, line[position] <= 0x20 { position += 1 }
    let start = position
    while position < line.count, line[position] > 0x20, line[position] != UInt8(ascii: "="),
      line[position] != UInt8(ascii: "\"")
    {
      position += 1
    }
    let key = UnsafeRawBufferPointer(rebasing: line[start..<position])
    guard position < line.count, line[position] > 0x20 else {
      return key.isEmpty ? nil : Pair(key: key, value: Self.nothing, isEscaped: false)
    }
    guard line[position] == UInt8(ascii: "="), !key.isEmpty else { return skipValue() }
    position += 1
    guard position < line.count, line[position] > 0x20 else {
      return Pair(key: key, value: Self.nothing, isEscaped: false)
    }
    return line[position] == UInt8(ascii: "\"") ? quoted(key) : plain(key)
  }

  private static var nothing: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: nil, count: 0)
  }

  private mutating func plain(_ key: UnsafeRawBufferPointer) -> Pair? {
    let start = position
    while position < line.count, line[position] > 0x20 {
      if line[position] == UInt8(ascii: "=") || line[position] == UInt8(ascii: "\"") {
        return skipValue()
      }
      position += 1
    }
    return Pair(
      key: key, value: UnsafeRawBufferPointer(rebasing: line[start..<position]), isEscaped: false)
  }

  private mutating func quoted(_ key: UnsafeRawBufferPointer) -> Pair? {
    let start = position + 1
    var isEscaped = false
    var index = start
    while index < line.count, line[index] != UInt8(ascii: "\"") {
      if line[index] == UInt8(ascii: "\\") {
        isEscaped = true
        index += 1
      }
      index += 1
    }
    guard index < line.count else {
      position = line.count
      return fail("unterminated quoted value")
    }
    position = index + 1
    return Pair(
      key: key, value: UnsafeRawBufferPointer(rebasing: line[start..<index]), isEscaped: isEscaped)
  }

  private mutating func skipValue() -> Pair? {
    let shown = String(Character(Unicode.Scalar(line[position])))
    let failed = fail("unexpected '\(shown)'")
    while position < line.count, line[position] > 0x20 { position += 1 }
    return failed
  }

  private mutating func fail(_ message: String) -> Pair? {
    mistake = "logfmt syntax error at pos \(position + 1) : \(message)"
    return nil
  }
}
