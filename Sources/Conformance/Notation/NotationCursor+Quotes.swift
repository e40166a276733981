extension NotationCursor {
  /// A text in double, single or back quotes, with Go's escapes in the first two.
  mutating func quotedText() throws(ConformanceError) -> String {
    guard let quote = next, [0x22, 0x27, 0x60].contains(quote) else {
      throw failure("expected a quoted text")
    }
    advance()
    var content: [UInt8] = []
    while let byte = next {
      advance()
      if byte == quote { return String(decoding: content, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") {
        content += try escapedBytes()
      } else {
        content.append(byte)
      }
    }
    throw failure("expected a closing quote")
  }

  private mutating func escapedBytes() throws(ConformanceError) -> [UInt8] {
    guard let byte = next else { throw failure("expected an escape") }
    advance()
    switch byte {
    case UInt8(ascii: "a"): return [7]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "v"): return [11]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "r"): return [13]
    case 0x5C, 0x22, 0x27: return [byte]
    case UInt8(ascii: "x"): return [UInt8(truncatingIfNeeded: try digits(2, radix: 16))]
    case UInt8(ascii: "u"): return try scalarBytes(digits(4, radix: 16))
    case UInt8(ascii: "U"): return try scalarBytes(digits(8, radix: 16))
    case 48...55:
      let rest = try digits(2, radix: 8)
      return [UInt8(truncatingIfNeeded: (Int(byte) - 48) * 64 + rest)]
    default: throw failure("expected a known escape")
    }
  }

  private mutating func digits(_ count: Int, radix: Int) throws(ConformanceError) -> Int {
    var word = ""
    for _ in 0..<count {
      guard let byte = next else { throw failure("expected \(count) digits") }
      word.unicodeScalars.append(Unicode.Scalar(byte))
      advance()
    }
    guard let value = Int(word, radix: radix) else { throw failure("expected \(count) digits") }
    return value
  }

  private func scalarBytes(_ value: Int) throws(ConformanceError) -> [UInt8] {
    guard let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init) else {
      throw failure("expected a Unicode character")
    }
    return Array(String(Character(scalar)).utf8)
  }
}
