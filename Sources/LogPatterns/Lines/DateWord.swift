/// Names of days and months in English, by their first three letters.
enum DateWord {
  /// Whether three letters at `index` begin the name of a day.
  static func isDay(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    guard let word = letters(bytes, index) else { return false }
    return days.contains(word)
  }

  /// The month whose name three letters at `index` begin, 1 to 12.
  static func month(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int? {
    guard let word = letters(bytes, index) else { return nil }
    return months.firstIndex(of: word).map { $0 + 1 }
  }

  private static func letters(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt32? {
    guard index &+ 3 <= bytes.count, bytes[index] & 0xDF == bytes[index] else { return nil }
    return UInt32(bytes[index]) << 16 | UInt32(bytes[index &+ 1] | 0x20) << 8
      | UInt32(bytes[index &+ 2] | 0x20)
  }

  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map(packed)
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ].map(packed)

  private static func packed(_ text: String) -> UInt32 {
    text.utf8.reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// Keys whose values are texts for people, in logfmt and JSON.
enum TextKey {
  /// Whether `bytes[start..<end]` is such a key.
  static func contains(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    guard end &- start <= 16 else { return false }
    return names.contains { name in
      name.utf8CodeUnitCount == end &- start
        && (0..<name.utf8CodeUnitCount).allSatisfy {
          name.utf8Start[$0] == bytes[start &+ $0] | 0x20
        }
    }
  }

  private static let names: [StaticString] = [
    "msg", "message", "err", "error", "event", "reason", "cause", "exception", "detail", "desc",
    "description", "statement", "text", "warning", "panic", "log", "stack", "stacktrace",
  ]
}
