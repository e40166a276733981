/// What values a variable position had: a few of them, and how many there were.
///
/// Keeps the values of the smallest hashes, so the result depends on the set of values alone, not
/// on their order. Up to `size` values are counted exactly, more are estimated from the largest
/// hash that is kept.
///
/// - Source: Bar-Yossef et al. 2002, k minimum values.
struct ValueSketch: Sendable {
  /// Hashes kept.
  static let size = 16
  /// Values kept as text.
  static let examples = 3
  /// Bytes kept of a value.
  static let exampleBytes = 64

  /// Ascending and distinct, at most `size`.
  private(set) var hashes: [UInt64] = []
  /// The texts of the first hashes.
  private(set) var texts: [[UInt8]] = []

  /// A hash at or above this changes nothing.
  var limit: UInt64 { hashes.count < Self.size ? .max : hashes[Self.size - 1] }

  /// How many values there were; an estimate from `size` on.
  var cardinality: Int {
    guard hashes.count == Self.size, let last = hashes.last else { return hashes.count }
    let share = Double(last) / Double(UInt64.max)
    return max(Self.size, Int((Double(Self.size - 1) / share).rounded()))
  }

  /// Whether `cardinality` is exact.
  var isExact: Bool { hashes.count < Self.size }

  /// Adds a value with its hash.
  mutating func insert(_ hash: UInt64, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) {
    var index = hashes.count
    while index > 0, hashes[index - 1] >= hash {
      if hashes[index - 1] == hash { return }
      index -= 1
    }
    guard index < Self.size else { return }
    place(hash, at: index)
    if index < Self.examples {
      let last = Swift.min(end, start + Self.exampleBytes)
      place(text: Array(bytes[start..<last]), at: index)
    }
  }

  /// Adds a value that fills `bytes`.
  mutating func insert(_ hash: UInt64, filling bytes: UnsafeRawBufferPointer) {
    insert(hash, bytes, 0, bytes.count)
  }

  /// Adds what another sketch saw.
  mutating func merge(_ other: ValueSketch) {
    for (index, hash) in other.hashes.enumerated() where hash < limit || hashes.count < Self.size {
      let position = hashes.firstIndex { $0 >= hash } ?? hashes.count
      if position < hashes.count, hashes[position] == hash { continue }
      place(hash, at: position)
      if position < Self.examples, index < other.texts.count {
        place(text: other.texts[index], at: position)
      }
    }
  }

  private mutating func place(_ hash: UInt64, at index: Int) {
    if hashes.count == Self.size { hashes.removeLast() }
    hashes.insert(hash, at: index)
  }

  private mutating func place(text: [UInt8], at index: Int) {
    texts.insert(text, at: index)
    if texts.count > Self.examples { texts.removeLast() }
  }
}
