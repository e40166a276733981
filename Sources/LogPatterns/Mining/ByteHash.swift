/// A hash of bytes that is the same on every machine and in every run.
enum ByteHash {
  private static let first: UInt64 = 0xA076_1D64_78BD_642F
  private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

  /// The hash of `bytes[start..<end]`.
  static func hash(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: end &- start) ^ second
    var index = start
    while index &+ 8 <= end {
      hash = mixed(
        hash, bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    guard index < end else { return mixed(hash, first) }
    return mixed(mixed(hash, tail(bytes, index, end)), first)
  }

  /// `hash` with `value` worked in; the order of values counts.
  static func mixed(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    let product = (hash ^ first).multipliedFullWidth(by: value ^ second)
    return product.high ^ product.low
  }

  /// The last bytes, fewer than 8, as one number.
  private static func tail(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> UInt64 {
    if start &+ 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      return UInt64(littleEndian: word) & ~(~0 << UInt64(8 &* (end &- start)))
    }
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for index in start..<end {
      word |= UInt64(bytes[index]) << shift
      shift &+= 8
    }
    return word
  }
}
