/// A pattern of literals and captures, such as `<ip> - <_> "<method>"`.
///
/// - Source: Loki 3, pkg/logql/log/pattern.
struct CapturePattern: Sendable {
  /// A part of a pattern.
  private enum Part: Sendable {
    case literal([UInt8])
    /// The label; nil for `<_>`.
    case capture([UInt8]?)

    var isCapture: Bool { if case .capture = self { true } else { false } }
  }

  private let parts: [Part]

  /// What is wrong with a pattern.
  struct Mistake: Error {
    let message: String
  }

  /// The pattern of `| pattern`, which captures at least one label.
  init(parser text: String) throws(Mistake) {
    parts = Self.parts(of: Array(text.utf8))
    var names: [[UInt8]] = []
    for case .capture(let name?) in parts {
      guard !names.contains(name) else {
        throw Mistake(message: "duplicate capture name (\(String(decoding: name, as: UTF8.self)))")
      }
      names.append(name)
    }
    if names.isEmpty { throw Mistake(message: "at least one capture is required") }
    try checkNeighbours()
  }

  /// The pattern of `|>` and `!>`, whose captures have no names.
  init(lineFilter text: String) throws(Mistake) {
    parts = Self.parts(of: Array(text.utf8))
    for case .capture(_?) in parts {
      throw Mistake(message: "named captures are not allowed: write <_>")
    }
    try checkNeighbours()
  }

  private func checkNeighbours() throws(Mistake) {
    if zip(parts, parts.dropFirst()).contains(where: { $0.isCapture && $1.isCapture }) {
      throw Mistake(message: "found consecutive capture: invalid expression")
    }
  }

  private static func parts(of text: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var literal: [UInt8] = []
    var index = 0
    while index < text.count {
      guard let end = captureEnd(text, from: index) else {
        literal.append(text[index])
        index += 1
        continue
      }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      let name = Array(text[index + 1..<end])
      parts.append(.capture(name == [UInt8(ascii: "_")] ? nil : name))
      index = end + 1
    }
    return literal.isEmpty ? parts : parts + [.literal(literal)]
  }

  /// Where the `>` of a capture that begins at `index` stands, or nil.
  private static func captureEnd(_ text: [UInt8], from index: Int) -> Int? {
    guard text[index] == UInt8(ascii: "<") else { return nil }
    var end = index + 1
    while end < text.count {
      let byte = text[end]
      let isLetter =
        byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      guard isLetter || isDigit && end > index + 1 else { break }
      end += 1
    }
    return end > index + 1 && end < text.count && text[end] == UInt8(ascii: ">") ? end : nil
  }

  /// Whether a line has the form of the pattern, no capture being empty.
  func fits(_ line: UnsafeRawBufferPointer) -> Bool {
    guard !line.isEmpty, let last = parts.last else { return line.isEmpty && parts.isEmpty }
    var offset = 0
    for (index, part) in parts.enumerated() {
      guard case .literal(let literal) = part else { continue }
      guard let found = literal.withUnsafeBytes({ Bytes.index(of: $0, in: line, from: offset) })
      else { return false }
      // The first literal begins the line; before any other there is a capture.
      if index == 0 ? found != 0 : found == offset { return false }
      offset = found + literal.count
    }
    return last.isCapture == (offset != line.count)
  }

  /// Calls `body` for every label captured. A capture whose end is missing takes the whole rest.
  func captures(
    in line: UnsafeRawBufferPointer,
    _ body: (_ name: [UInt8], _ value: UnsafeRawBufferPointer) -> Void
  ) {
    guard !line.isEmpty else { return }
    var rest = line
    var parts = parts[...]
    if case .literal(let literal)? = parts.first {
      guard literal.withUnsafeBytes({ Bytes.index(of: $0, in: line) }) == 0 else { return }
      rest = UnsafeRawBufferPointer(rebasing: rest[literal.count...])
      parts = parts.dropFirst()
    }
    while case .capture(let name)? = parts.popFirst() {
      var end = rest.count
      var next = rest.count
      var isLast = true
      if case .literal(let literal)? = parts.popFirst(),
        let found = literal.withUnsafeBytes({ Bytes.index(of: $0, in: rest) })
      {
        end = found
        next = found + literal.count
        isLast = false
      }
      if let name { body(name, UnsafeRawBufferPointer(rebasing: rest[..<end])) }
      if isLast { return }
      rest = UnsafeRawBufferPointer(rebasing: rest[next...])
    }
  }
}
