/// A strict pull reader of JSON (RFC 8259) over a window of bytes.
///
/// The caller asks for what it expects next; anything else is a `JSONStreamError` with its offset.
/// Buffers that a method returns are valid until the next call. Values are read in this way:
///
///     try cursor.beginObject()
///     while let key = try cursor.nextKey() { … exactly one value is read or skipped … }
///
/// A UTF-8 byte order mark before the first document is accepted. Invalid UTF-8 and lone surrogates
/// become U+FFFD and are counted.
public final class JSONCursor {
  /// The limits that apply.
  public let limits: JSONLimits
  /// Byte sequences and lone surrogates that were replaced by U+FFFD so far.
  public internal(set) var replacedUTF8 = 0
  /// Keys that appeared twice in one object of a tree or label set so far.
  public internal(set) var duplicateKeys = 0

  private let source: any ByteSource
  private var capacity: Int
  private var isExhausted = false
  /// The document offset of the window's first byte.
  private var windowOffset: Int
  /// The index from which bytes are kept although they are read, or -1.
  private var keptFrom = -1

  /// The window: `end` bytes of the document, then at least 64 zero bytes.
  var base: UnsafeMutablePointer<UInt8>
  /// The next byte to read; a token is consumed whole, so this is always a token's start.
  var position = 0
  /// One past the last byte in the window.
  var end = 0
  /// Open objects and arrays.
  var depth = 0
  /// Whether a container was opened and no member of it was asked for yet.
  var isFirst = false
  /// Replacements in the string that `text(openedAt:next:)` read last, not counted yet.
  var replacedInText = 0
  /// Where strings with escapes are decoded.
  let decoded = ByteStore()
  /// Where strings with invalid UTF-8 are repaired.
  let repaired = ByteStore()

  static let padding = 64

  /// Makes a cursor before the first document of `source`.
  ///
  /// - Parameters:
  ///   - windowBytes: The size of the window at first; it grows to hold the longest value.
  ///   - firstOffset: The offset that errors give to the first byte.
  public init(
    _ source: any ByteSource, limits: JSONLimits = .standard, windowBytes: Int = 1 << 17,
    firstOffset: Int = 0
  ) {
    self.source = source
    self.limits = limits
    windowOffset = firstOffset
    capacity = max(16, windowBytes)
    base = .allocate(capacity: capacity + Self.padding)
    base.initialize(repeating: 0, count: capacity + Self.padding)
  }

  deinit { base.deallocate() }

  /// The offset of the next byte in the document.
  public var offset: Int { windowOffset + position }

  /// Moves to the next document, over blanks and a byte order mark; false at the end of the source.
  public func beginDocument() throws -> Bool {
    if windowOffset + position == 0 { try skipByteOrderMark() }
    try skipBlanks()
    return position < end
  }

  /// Checks that nothing but blanks follows the document.
  public func endDocument() throws {
    try skipBlanks()
    if position < end {
      throw JSONStreamError.extraDocument(offset: offset, found: describedByte(at: position))
    }
  }

  /// What kind of value comes next.
  public func peek() throws -> JSONKind {
    switch base[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    default: throw unexpected("a value")
    }
  }

  /// Opens an object.
  public func beginObject() throws { try open(UInt8(ascii: "{"), "an object") }

  /// Opens an array.
  public func beginArray() throws { try open(UInt8(ascii: "["), "an array") }

  /// The next key of the open object, unescaped; nil when the object ends here.
  public func nextKey() throws -> UnsafeRawBufferPointer? {
    try skipBlanks()
    let wasFirst = isFirst
    isFirst = false
    if base[position] == UInt8(ascii: "}") {
      position += 1
      depth -= 1
      return nil
    }
    if !wasFirst {
      guard base[position] == UInt8(ascii: ",") else { throw unexpected("',' or '}'") }
      position += 1
      try skipBlanks()
    }
    guard base[position] == UInt8(ascii: "\"") else { throw unexpected("a key") }
    let key = try text()
    if base[position] == UInt8(ascii: ":"), base[position + 1] > 0x20 {
      position += 1
      return key
    }
    return try keeping(key) {
      try skipBlanks()
      guard base[position] == UInt8(ascii: ":") else { throw unexpected("':'") }
      position += 1
      try skipBlanks()
    }
  }

  /// Whether the open array has another element, which is next; false when the array ends here.
  public func nextElement() throws -> Bool {
    try skipBlanks()
    let wasFirst = isFirst
    isFirst = false
    if base[position] == UInt8(ascii: "]") {
      position += 1
      depth -= 1
      return false
    }
    guard !wasFirst else { return true }
    guard base[position] == UInt8(ascii: ",") else { throw unexpected("',' or ']'") }
    position += 1
    try skipBlanks()
    if base[position] == UInt8(ascii: "]") { throw unexpected("a value") }
    return true
  }

  private func open(_ bracket: UInt8, _ expected: String) throws {
    guard base[position] == bracket else { throw unexpected(expected) }
    guard depth < limits.depth else {
      throw JSONStreamError.limitExceeded(offset: offset, what: "nesting", limit: limits.depth)
    }
    position += 1
    depth += 1
    isFirst = true
  }

  private func skipByteOrderMark() throws {
    while end - position < 3, try more() {}
    if base[position] == 0xEF, base[position + 1] == 0xBB, base[position + 2] == 0xBF {
      position += 3
    }
  }

  func skipBlanks() throws {
    while true {
      switch base[position] {
      case 0x20:
        position += 1
        let eightBlanks: UInt64 = 0x2020_2020_2020_2020
        while word(at: position) == eightBlanks { position += 8 }
      case 0x0A, 0x0D, 0x09: position += 1
      case 0:
        guard position == end, try more() else { return }
      default: return
      }
    }
  }
}

/// The kinds of JSON value.
public enum JSONKind: Hashable, Sendable {
  case object, array, string, number, bool, null
}

// MARK: The window

extension JSONCursor {
  /// Reads more of the document into the window; false at its end.
  ///
  /// Moves what is kept to the front of the window or into a larger one, so `base` and `position`
  /// change; distances from `position` stay.
  func more() throws -> Bool {
    guard !isExhausted else { return false }
    if end == capacity { try makeRoom() }
    let free = UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end)
    let count = try source.read(into: free)
    precondition(count >= 0 && count <= free.count, "BUG: source wrote \(count) bytes")
    end += count
    (base + end).update(repeating: 0, count: Self.padding)
    isExhausted = count == 0
    return !isExhausted
  }

  private func makeRoom() throws {
    let first = keptFrom >= 0 ? keptFrom : position
    let kept = end - first
    guard kept <= limits.valueBytes else { throw valueTooLong(at: first) }
    if kept > capacity / 2 {
      capacity *= 2
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Self.padding)
      larger.update(from: base + first, count: kept)
      base.deallocate()
      base = larger
    } else {
      base.update(from: base + first, count: kept)
    }
    windowOffset += first
    position -= first
    end = kept
    if keptFrom >= 0 { keptFrom = 0 }
  }

  /// Runs `step`, which may read on, and returns `text` where it then lies.
  private func keeping(
    _ text: UnsafeRawBufferPointer, during step: () throws -> Void
  ) throws
    -> UnsafeRawBufferPointer
  {
    let first = UnsafePointer(base)
    guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self),
      start >= first, start < first + end
    else {
      try step()
      return text
    }
    let textOffset = windowOffset + (start - first)
    let wasKeptFrom = keptFrom
    if keptFrom < 0 { keptFrom = start - first }
    try step()
    if wasKeptFrom < 0 { keptFrom = -1 }
    return UnsafeRawBufferPointer(start: base + (textOffset - windowOffset), count: text.count)
  }

  /// The next value as it is written, after checking it; at most `limits.valueBytes`.
  public func captureValue() throws -> UnsafeRawBufferPointer {
    precondition(keptFrom < 0, "BUG: a capture inside a capture")
    keptFrom = position
    try skipValue()
    let start = keptFrom
    keptFrom = -1
    guard position - start <= limits.valueBytes else { throw valueTooLong(at: start) }
    return UnsafeRawBufferPointer(start: base + start, count: position - start)
  }

  /// Eight bytes from `index`, the first in the lowest bits.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
  }
}

// MARK: Errors

extension JSONCursor {
  func unexpected(_ expected: String) -> JSONStreamError { unexpected(expected, at: position) }

  func unexpected(_ expected: String, at index: Int) -> JSONStreamError {
    index >= end
      ? .truncated(offset: windowOffset + index, expected: expected)
      : .unexpected(
        offset: windowOffset + index, found: describedByte(at: index), expected: expected)
  }

  func valueTooLong(at index: Int) -> JSONStreamError {
    .limitExceeded(
      offset: windowOffset + index, what: "a value kept whole", limit: limits.valueBytes)
  }

  func describedByte(at index: Int) -> String {
    guard index < end else { return "the end" }
    let byte = base[index]
    guard byte > 0x20, byte < 0x7F else { return "byte 0x" + String(byte, radix: 16) }
    return "'\(Character(UnicodeScalar(byte)))'"
  }
}
