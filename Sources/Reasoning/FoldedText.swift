/// Text in which terms are looked for without regard to ASCII case.
struct FoldedText: Sendable {
  private let bytes: [UInt8]

  /// Folds the case of `text`.
  init(_ text: String) {
    bytes = text.utf8.map(Self.folded)
  }

  /// Whether one of `terms` occurs.
  func contains(anyOf terms: [String]) -> Bool {
    terms.contains { contains($0.utf8.map(Self.folded)) }
  }

  private func contains(_ term: [UInt8]) -> Bool {
    guard let first = term.first, bytes.count >= term.count else { return false }
    for start in 0...(bytes.count - term.count) where bytes[start] == first {
      if (1..<term.count).allSatisfy({ bytes[start + $0] == term[$0] }) { return true }
    }
    return false
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
