/// Tells lines of different wording apart, whatever numbers and ids they hold.
public enum LogWording {
  /// A hash that lines share when their words without digits are the same, over the first 400
  /// bytes.
  public static func digest(of line: String) -> UInt64 {
    var line = line
    return line.withUTF8 { digest(of: UnsafeRawBufferPointer($0)) }
  }

  /// FNV-1a over the letters of words without digits, so that ids and numbers do not count.
  static func digest(of line: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var word: UInt64 = hash
    var isPlain = true
    for byte in line.prefix(400) {
      switch byte {
      case 0x41...0x5A, 0x61...0x7A:
        word = (word ^ UInt64(byte)) &* 0x100_0000_01B3
      case 0x30...0x39:
        isPlain = false
      default:
        if isPlain { hash = (hash ^ word) &* 0x100_0000_01B3 }
        word = 0xCBF2_9CE4_8422_2325
        isPlain = true
      }
    }
    return isPlain ? (hash ^ word) &* 0x100_0000_01B3 : hash
  }
}
