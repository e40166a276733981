/// Text in which terms are looked for without regard to ASCII case.
struct FoldedText: Sendable {
  private let bytes: [UInt8]

  /// Folds the case of `text`.
  init(_ text: String) {
    bytes = text.utf8.map(Self.folded)
  }

  /// Whether one of `terms` occurs.
  func contains(anyOf terms: [String]) -> Bool {
    terms.contains { contains(Array($0.utf8)) }
  }

  private func contains(_ term: [UInt8]) -> Bool {
    guard let first = term.first.map(Self.folded), bytes.count >= term.count else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while start <= bytes.count - term.count {
        if bytes[start] == first {
          var length = 1
          while length < term.count, bytes[start + length] == Self.folded(term[length]) {
            length += 1
          }
          if length == term.count { return true }
        }
        start += 1
      }
      return false
    }
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
