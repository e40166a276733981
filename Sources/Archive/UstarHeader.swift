/// The header block of an entry, read strictly as POSIX ustar.
///
/// - Source: POSIX.1-2017, pax, "ustar Interchange Format".
public struct UstarHeader: Hashable, Sendable {
  /// Bytes of a block; headers take one, content is padded to whole ones.
  public static let blockBytes = 512

  /// The path: prefix, `/` and name.
  public let path: String
  /// Whether the entry is a regular file.
  public let isRegularFile: Bool
  /// Bytes of content.
  public let bytes: Int

  /// Reads a block of 512 bytes; nil when it is no ustar header or its checksum is wrong.
  public init?(_ block: UnsafeRawBufferPointer) {
    guard block.count == Self.blockBytes, block[257..<265].elementsEqual("ustar\u{0}00".utf8),
      let bytes = Self.octal(block[124..<136]), let stated = Self.octal(block[148..<156]),
      stated == Self.checksum(block)
    else { return nil }
    let name = Self.text(block[0..<100])
    let prefix = Self.text(block[345..<500])
    path = prefix.isEmpty ? name : "\(prefix)/\(name)"
    isRegularFile = block[156] == UInt8(ascii: "0")
    self.bytes = bytes
  }

  /// Content of `bytes` bytes with its padding.
  public static func padded(_ bytes: Int) -> Int {
    (bytes + blockBytes - 1) / blockBytes * blockBytes
  }

  /// The sum of the block's bytes, with its own field counted as spaces.
  static func checksum(_ block: UnsafeRawBufferPointer) -> Int {
    var sum = 0
    for (index, byte) in block.enumerated() {
      sum += (148..<156).contains(index) ? 0x20 : Int(byte)
    }
    return sum
  }

  /// Octal digits up to a NUL or space; nil for anything else.
  static func octal(_ field: Slice<UnsafeRawBufferPointer>) -> Int? {
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    guard !digits.isEmpty, digits.count <= 20 else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x37).contains(digit) else { return nil }
      value = value << 3 | Int(digit - 0x30)
    }
    return value
  }

  /// The bytes up to a NUL as text.
  static func text(_ field: Slice<UnsafeRawBufferPointer>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }
}
