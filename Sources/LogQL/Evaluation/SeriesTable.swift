import Telemetry

/// Numbers the series of a range aggregation by the bytes of their labels.
final class SeriesTable {
  /// The labels of each series, in order of their numbers.
  private(set) var labels: [LabelSet] = []
  private let keys = KeyStore()
  private var slots = [Int32](repeating: -1, count: 64)

  /// The number of the series with a key; `makeLabels` names a new one.
  func number(
    of key: UnsafeRawBufferPointer, makeLabels: () -> LabelSet
  ) -> (number: Int, isNew: Bool) {
    var slot = Self.hash(key) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if Bytes.areEqual(keys[number], key) { return (number, false) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = labels.count
    slots[slot] = Int32(number)
    keys.append(key)
    labels.append(makeLabels())
    if labels.count * 2 > slots.count { grow() }
    return (number, true)
  }

  private func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for number in labels.indices {
      var slot = Self.hash(keys[number]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }

  /// Seeded for each run, so that nobody can choose keys that collide; numbers do not depend on it.
  private static func hash(_ key: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: key)
    return hasher.finalize()
  }
}

/// Keys one behind the other.
private final class KeyStore {
  private let arena = ByteArena()
  private var spans: [ByteSpan] = []

  subscript(number: Int) -> UnsafeRawBufferPointer { arena[spans[number]] }

  func append(_ key: UnsafeRawBufferPointer) { spans.append(arena.append(key)) }
}
