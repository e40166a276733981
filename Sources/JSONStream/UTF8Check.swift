/// Validation and repair of UTF-8 (Unicode 16, table 3-7).
enum UTF8Check {
  /// How many bytes of `text`, from its start, are valid UTF-8.
  static func validPrefix(of text: UnsafeRawBufferPointer) -> Int {
    var index = 0
    while index < text.count {
      if text[index] < 0x80 {
        index += asciiRun(of: text, from: index)
        continue
      }
      let sequence = sequence(in: text, at: index)
      guard sequence.isValid else { return index }
      index += sequence.length
    }
    return index
  }

  /// Copies `text` with each maximal invalid part replaced by U+FFFD.
  ///
  /// - Parameter output: Room for three times the bytes of `text`.
  static func repair(
    _ text: UnsafeRawBufferPointer, into output: UnsafeMutablePointer<UInt8>
  ) -> (count: Int, replaced: Int) {
    var index = 0
    var count = 0
    var replaced = 0
    while index < text.count {
      let sequence = sequence(in: text, at: index)
      if sequence.isValid {
        for place in index..<index + sequence.length {
          output[count] = text[place]
          count += 1
        }
      } else {
        (output[count], output[count + 1], output[count + 2]) = (0xEF, 0xBF, 0xBD)
        count += 3
        replaced += 1
      }
      index += sequence.length
    }
    return (count, replaced)
  }

  /// Writes `scalar`, a Unicode scalar value, at `output[count]` and moves `count` on.
  static func append(_ scalar: UInt32, to output: UnsafeMutablePointer<UInt8>, _ count: inout Int) {
    func put(_ byte: UInt32) {
      output[count] = UInt8(truncatingIfNeeded: byte)
      count &+= 1
    }
    switch scalar {
    case ..<0x80: put(scalar)
    case ..<0x800: put(0xC0 | scalar >> 6)
    case ..<0x10000:
      put(0xE0 | scalar >> 12)
      put(0x80 | scalar >> 6 & 0x3F)
    default:
      put(0xF0 | scalar >> 18)
      put(0x80 | scalar >> 12 & 0x3F)
      put(0x80 | scalar >> 6 & 0x3F)
    }
    if scalar >= 0x80 { put(0x80 | scalar & 0x3F) }
  }

  private static func asciiRun(of text: UnsafeRawBufferPointer, from start: Int) -> Int {
    var index = start
    while index + 8 <= text.count,
      text.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      index += 8
    }
    while index < text.count, text[index] < 0x80 { index += 1 }
    return index - start
  }

  /// The sequence at `index`: valid with its length, or invalid with that of its maximal part.
  private static func sequence(
    in text: UnsafeRawBufferPointer, at index: Int
  ) -> (
    isValid: Bool, length: Int
  ) {
    let lead = text[index]
    guard lead >= 0x80 else { return (true, 1) }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if lead == 0xE0 { second = 0xA0...0xBF }
      if lead == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      length = 4
      if lead == 0xF0 { second = 0x90...0xBF }
      if lead == 0xF4 { second = 0x80...0x8F }
    default: return (false, 1)
    }
    for place in 1..<length {
      let range = place == 1 ? second : 0x80...0xBF
      guard index + place < text.count, range.contains(text[index + place]) else {
        return (false, place)
      }
    }
    return (true, length)
  }
}
