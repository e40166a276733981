/// The text of strings in JSON documents.
enum JSONText {
  /// Adds a string without its escapes to an arena; nil, and nothing added, when one is wrong.
  ///
  /// U+FFFD, which stands for what was no UTF-8, becomes a blank, as Loki gives labels out.
  static func append(_ raw: UnsafeRawBufferPointer, to arena: ByteArena) -> ByteSpan? {
    let start = arena.count
    var index = 0
    var run = 0
    while index < raw.count {
      let byte = raw[index]
      if byte == UInt8(ascii: "\\") {
        arena.append(UnsafeRawBufferPointer(rebasing: raw[run..<index]))
        guard let next = append(escapeAt: index + 1, of: raw, to: arena) else {
          arena.truncate(to: start)
          return nil
        }
        index = next
        run = next
      } else if byte == 0xEF, index + 2 < raw.count, raw[index + 1] == 0xBF, raw[index + 2] == 0xBD
      {
        arena.append(UnsafeRawBufferPointer(rebasing: raw[run..<index]))
        arena.append(UInt8(ascii: " "))
        index += 3
        run = index
      } else {
        index += 1
      }
    }
    arena.append(UnsafeRawBufferPointer(rebasing: raw[run...]))
    return arena.span(from: start)
  }

  /// Adds the character of the escape whose letter stands at `index`; the index behind it.
  private static func append(
    escapeAt index: Int, of raw: UnsafeRawBufferPointer, to arena: ByteArena
  ) -> Int? {
    guard index < raw.count else { return nil }
    let byte: UInt8
    switch raw[index] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte = raw[index]
    case UInt8(ascii: "b"): byte = 8
    case UInt8(ascii: "f"): byte = 12
    case UInt8(ascii: "n"): byte = 10
    case UInt8(ascii: "r"): byte = 13
    case UInt8(ascii: "t"): byte = 9
    case UInt8(ascii: "u"): return append(unicodeEscapeAt: index + 1, of: raw, to: arena)
    default: return nil
    }
    arena.append(byte)
    return index + 1
  }

  private static func append(
    unicodeEscapeAt index: Int, of raw: UnsafeRawBufferPointer, to arena: ByteArena
  ) -> Int? {
    guard var code = number(at: index, of: raw) else { return nil }
    var next = index + 4
    if (0xD800..<0xDC00).contains(code) {
      guard next + 1 < raw.count, raw[next] == UInt8(ascii: "\\"),
        raw[next + 1] == UInt8(ascii: "u"), let low = number(at: next + 2, of: raw),
        (0xDC00..<0xE000).contains(low)
      else { return nil }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      next += 6
    }
    guard let scalar = Unicode.Scalar(code) else { return nil }
    arena.append(scalar == "\u{FFFD}" ? " " : String(Character(scalar)))
    return next
  }

  private static func number(at index: Int, of raw: UnsafeRawBufferPointer) -> UInt32? {
    guard index + 4 <= raw.count else { return nil }
    var code: UInt32 = 0
    for byte in raw[index..<index + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      code = code << 4 | UInt32(digit)
    }
    return code
  }
}
