internal import Glibc

/// Where the bytes of one entry's labels and lines are put together; the owner of its memory.
final class ByteArena {
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  /// The number of bytes in use.
  private(set) var count = 0

  init(capacity: Int = 4096) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit { base.deallocate() }

  /// The bytes of a span, valid until the arena grows or is cut.
  subscript(span: ByteSpan) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + span.start, count: span.count)
  }

  /// Adds bytes, which may be the arena's own.
  @discardableResult func append(_ bytes: UnsafeRawBufferPointer) -> ByteSpan {
    let span = ByteSpan(start: count, count: bytes.count)
    guard let source = bytes.baseAddress, bytes.count > 0 else { return span }
    if count + bytes.count > capacity {
      let wider = Swift.max(capacity * 2, count + bytes.count)
      let next = UnsafeMutableRawPointer.allocate(byteCount: wider, alignment: 16)
      memcpy(next, base, count)
      memcpy(next + count, source, bytes.count)
      base.deallocate()
      base = next
      capacity = wider
    } else {
      memcpy(base + count, source, bytes.count)
    }
    count += bytes.count
    return span
  }

  /// Adds one byte.
  func append(_ byte: UInt8) {
    withUnsafeBytes(of: byte) { _ = append($0) }
  }

  /// Adds the UTF-8 of a text.
  @discardableResult func append(_ text: String) -> ByteSpan {
    var copy = text
    return copy.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Everything from `start` on.
  func span(from start: Int) -> ByteSpan { ByteSpan(start: start, count: count - start) }

  /// Forgets everything from `count` on. Memory beyond what an ordinary entry needs is given back.
  func truncate(to count: Int) {
    self.count = count
    guard capacity > Self.keptCapacity, count < Self.keptCapacity / 2 else { return }
    let next = UnsafeMutableRawPointer.allocate(byteCount: Self.keptCapacity, alignment: 16)
    memcpy(next, base, count)
    base.deallocate()
    base = next
    capacity = Self.keptCapacity
  }

  private static let keptCapacity = 1 << 20
}

/// A place in a `ByteArena`.
struct ByteSpan {
  let start: Int
  let count: Int
}

/// Comparison and search of bytes.
enum Bytes {
  /// Whether both are the same bytes.
  @inline(__always)
  static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    guard left.count == right.count else { return false }
    guard left.count > 0, let first = left.baseAddress, let second = right.baseAddress else {
      return true
    }
    return memcmp(first, second, left.count) == 0
  }

  /// Whether the bytes sort before others.
  static func precede(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    let shared = min(left.count, right.count)
    if shared > 0, let first = left.baseAddress, let second = right.baseAddress {
      let order = memcmp(first, second, shared)
      if order != 0 { return order < 0 }
    }
    return left.count < right.count
  }

  /// Where `needle` stands first, from `start` on; nil when it does not.
  @inline(__always)
  static func index(
    of needle: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer, from start: Int = 0
  ) -> Int? {
    index(of: needle, rarest: 0, in: text, from: start)
  }

  /// The same, searching for the byte at `rarest` first: every place of it is then compared whole.
  @inline(__always)
  static func index(
    of needle: UnsafeRawBufferPointer, rarest: Int, in text: UnsafeRawBufferPointer,
    from start: Int = 0
  ) -> Int? {
    guard needle.count > 0, let wanted = needle.baseAddress else { return start }
    guard let base = text.baseAddress else { return nil }
    let byte = Int32(needle[rarest])
    // The places where that byte may stand in a text that holds the needle.
    var place = start + rarest
    let end = text.count - needle.count + rarest + 1
    while place < end, let found = memchr(base + place, byte, end - place) {
      let candidate = UnsafeRawPointer(found) - base - rarest
      if memcmp(base + candidate, wanted, needle.count) == 0 { return candidate }
      place = candidate + rarest + 1
    }
    return nil
  }

  /// The text, with U+FFFD for what is no UTF-8.
  static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Whether these are the bytes of a buffer.
  @inline(__always)
  func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
    withUnsafeBytes { Bytes.areEqual($0, other) }
  }
}
