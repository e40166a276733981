/// Finds bytes, eight at a time.
enum ByteSearch {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The index of the next `byte` from `start`, or the end.
  @inline(__always)
  static func index(of byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    let pattern = ones &* UInt64(byte)
    var index = start
    while index &+ 8 <= bytes.count {
      let found = zeros(word(bytes, index) ^ pattern)
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < bytes.count, bytes[index] != byte { index &+= 1 }
    return index
  }

  /// The index of the next `first` or `second` from `start`, or the end.
  @inline(__always)
  static func index(
    of first: UInt8, or second: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int
  ) -> Int {
    let (one, two) = (ones &* UInt64(first), ones &* UInt64(second))
    var index = start
    while index &+ 8 <= bytes.count {
      let word = word(bytes, index)
      let found = zeros(word ^ one) | zeros(word ^ two)
      if found != 0 { return index &+ found.trailingZeroBitCount / 8 }
      index &+= 8
    }
    while index < bytes.count, bytes[index] != first, bytes[index] != second { index &+= 1 }
    return index
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// The top bit of every byte that is zero; above the first of them, others may be marked too.
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- ones) & ~word & tops
  }
}
