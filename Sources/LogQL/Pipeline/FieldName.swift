/// Turns the keys of documents into names of labels.
///
/// - Source: Loki 3, pkg/logql/log/util.go, `sanitizeLabelKey`.
enum FieldName {
  /// Adds a key to a name: blanks around it go, what no name may hold becomes `_`, and so does each
  /// character beyond ASCII; a digit may not begin a name.
  static func append(_ key: UnsafeRawBufferPointer, to name: ByteArena, from start: Int) {
    var first = 0
    var end = key.count
    while first < end, isBlank(key[first]) { first += 1 }
    while end > first, isBlank(key[end - 1]) { end -= 1 }
    guard first < end else { return }
    if name.count == start, isDigit(key[first]) { name.append(UInt8(ascii: "_")) }
    for index in first..<end {
      let byte = key[index]
      if isDigit(byte) || byte == UInt8(ascii: "_") || isLetter(byte) {
        name.append(byte)
      } else if byte & 0xC0 != 0x80 {
        // The bytes that continue a character add nothing.
        name.append(UInt8(ascii: "_"))
      }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
