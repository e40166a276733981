/// Numbers that look random and are the same in every run.
///
/// - Source: Knuth's MMIX linear congruential generator.
struct BitPatterns: Sequence, IteratorProtocol {
  private var state: UInt64
  private var remaining: Int

  init(seed: UInt64, count: Int) {
    state = seed
    remaining = count
  }

  mutating func next() -> UInt64? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    let high = step()
    return high << 32 | step()
  }

  /// The upper half of the next state; the lower bits of such a generator repeat soon.
  private mutating func step() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 32
  }
}
