/// The grammar of JSON numbers: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`.
enum JSONNumber {
  /// How many bytes of `text` belong to a number, or where it goes wrong.
  ///
  /// Equal to `text.count` exactly when the whole text is a number.
  static func validPrefix(of text: UnsafeRawBufferPointer) -> Int {
    var scan = Scan(text: text)
    _ = scan.skip { $0 == UInt8(ascii: "-") }
    if !scan.skip({ $0 == UInt8(ascii: "0") }) {
      guard scan.skipDigits() else { return scan.fault }
    }
    if scan.skip({ $0 == UInt8(ascii: ".") }), !scan.skipDigits() { return scan.fault }
    if scan.skip({ $0 | 0x20 == UInt8(ascii: "e") }) {
      _ = scan.skip { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
      guard scan.skipDigits() else { return scan.fault }
    }
    return scan.index
  }

  private struct Scan {
    let text: UnsafeRawBufferPointer
    var index = 0

    /// The place of a fault, which is never taken for the end of a valid number.
    var fault: Int { index == text.count ? index + 1 : index }

    mutating func skip(_ isAccepted: (UInt8) -> Bool) -> Bool {
      guard index < text.count, isAccepted(text[index]) else { return false }
      index += 1
      return true
    }

    mutating func skipDigits() -> Bool {
      let start = index
      while skip({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {}
      return index > start
    }
  }
}
