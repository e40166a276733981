/// Names of exceptions, which belong to the text though a colon follows them.
enum ErrorName {
  /// Whether `bytes[start..<end]` ends in `Error`, `Exception` or the like.
  static func matches(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    var last = end
    while last > start, bytes[last - 1] == 0x20 { last -= 1 }
    return endings.contains { ending in
      let length = ending.utf8CodeUnitCount
      guard last - start >= length else { return false }
      return (0..<length).allSatisfy {
        ending.utf8Start[$0] == bytes[last - length + $0] | 0x20
      }
    }
  }

  private static let endings: [StaticString] = [
    "error", "exception", "fault", "failure", "warning", "timeout", "throwable", "interrupt",
    "failed", "panic",
  ]
}
