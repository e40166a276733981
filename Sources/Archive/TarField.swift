/// Numbers in the header of a tar archive of any dialect.
enum TarField {
  /// A number in octal digits or in the binary form of GNU tar; nil when it is negative, does not
  /// fit or is no number. An empty field is 0.
  static func number(_ field: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard let first = field.first else { return nil }
    guard first & 0x80 != 0 else {
      return field.allSatisfy { $0 == 0 || $0 == 0x20 } ? 0 : UstarHeader.octal(field)
    }
    // 0x80 begins a positive number in base 256, 0xff a negative one.
    guard first == 0x80 else { return nil }
    var value: UInt64 = 0
    for byte in field.dropFirst() {
      guard value >> 55 == 0 else { return nil }
      value = value << 8 | UInt64(byte)
    }
    return Int(exactly: value)
  }

  /// Whether the checksum is that of the block, with bytes counted as unsigned or, as some old
  /// tools do, as signed.
  static func hasValidChecksum(_ block: UnsafeRawBufferPointer) -> Bool {
    guard let stated = UstarHeader.octal(block[148..<156]) else { return false }
    let unsigned = UstarHeader.checksum(block)
    let highBytes = block.enumerated().count { index, byte in
      byte >= 0x80 && !(148..<156).contains(index)
    }
    return stated == unsigned || stated == unsigned - 256 * highBytes
  }
}

/// The extended records of a pax header: `length key=value LF`.
enum PaxRecords {
  /// Calls `body` with each record in order.
  static func each(
    _ bytes: [UInt8], at offset: Int, _ body: (_ key: String, _ value: String) throws -> Void
  ) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let digits = rest.prefix { (0x30...0x39).contains($0) }
      guard digits.count < 10, let length = Int(String(decoding: digits, as: UTF8.self)),
        length > digits.count + 1, length <= rest.count,
        rest[rest.startIndex + digits.count] == 0x20,
        rest[rest.startIndex + length - 1] == 0x0A
      else {
        throw ArchiveError.badHeader(detail: "its pax records are malformed", offset: offset)
      }
      let record = rest.prefix(length - 1).dropFirst(digits.count + 1)
      guard let separator = record.firstIndex(of: UInt8(ascii: "=")) else {
        throw ArchiveError.badHeader(detail: "a pax record has no value", offset: offset)
      }
      try body(
        String(decoding: record[..<separator], as: UTF8.self),
        String(decoding: record[(separator + 1)...], as: UTF8.self))
      rest = rest.dropFirst(length)
    }
  }
}
