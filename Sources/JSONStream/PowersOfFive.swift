/// The 128 leading bits of 5^q for q in -342...308, as Eisel–Lemire multiplication needs them.
///
/// Positive powers are truncated; reciprocals are truncated too, but for q ≥ -27, where they are
/// rounded up. Computed once, with exact integers.
///
/// - Source: Daniel Lemire, "Number Parsing at a Gigabyte per Second", 2021, arXiv:2101.11408, and
///   the table of github.com/fastfloat/fast_float.
struct PowersOfFive: Sendable {
  static let range = -342...308
  static let table = PowersOfFive()

  /// High and low words in turn, from the smallest power.
  let words: [UInt64]

  private init() {
    var positive: [(UInt64, UInt64)] = []
    var negative: [(UInt64, UInt64)] = []
    var power = BigInteger(1)
    for exponent in 0...342 {
      if exponent <= 308 { positive.append(power.leadingBits) }
      if exponent > 0 {
        let (high, low) = power.reciprocalBits
        let isRoundedUp = exponent <= 27
        let (lowUp, carry) = low.addingReportingOverflow(isRoundedUp ? 1 : 0)
        negative.append((high &+ (carry ? 1 : 0), lowUp))
      }
      power.multiplyByFive()
    }
    words = (negative.reversed() + positive).flatMap { [$0.0, $0.1] }
  }
}

/// A positive whole number of any size, lowest word first, without leading zero words.
private struct BigInteger {
  private var words: [UInt64]

  init(_ value: UInt64) { words = [value] }

  mutating func multiplyByFive() {
    var carry: UInt64 = 0
    for index in words.indices {
      let (high, low) = words[index].multipliedFullWidth(by: 5)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      words[index] = sum
      carry = high + (overflow ? 1 : 0)
    }
    if carry > 0 { words.append(carry) }
  }

  /// The 128 leading bits, the first of them 1; shorter numbers are filled with zeros.
  var leadingBits: (UInt64, UInt64) {
    let (first, second, third) = (word(0), word(1), word(2))
    let shift = UInt64(first.leadingZeroBitCount)
    guard shift > 0 else { return (first, second) }
    return (first << shift | second >> (64 - shift), second << shift | third >> (64 - shift))
  }

  /// The 128 leading bits of the reciprocal, by long division.
  var reciprocalBits: (UInt64, UInt64) {
    var quotient: (UInt64, UInt64) = (0, 0)
    var remainder = BigInteger(1)
    while quotient.0 >> 63 == 0 {
      remainder.double()
      let fits = !remainder.isLess(than: self)
      if fits { remainder.subtract(self) }
      quotient = (quotient.0 << 1 | quotient.1 >> 63, quotient.1 << 1 | (fits ? 1 : 0))
    }
    return quotient
  }

  /// The word `place` words below the highest, or 0.
  private func word(_ place: Int) -> UInt64 {
    place < words.count ? words[words.count - 1 - place] : 0
  }

  private mutating func double() {
    let carry = words[words.count - 1] >> 63
    for index in words.indices.reversed() {
      words[index] = words[index] << 1 | (index > 0 ? words[index - 1] >> 63 : 0)
    }
    if carry > 0 { words.append(carry) }
  }

  private func isLess(than other: BigInteger) -> Bool {
    guard words.count == other.words.count else { return words.count < other.words.count }
    return words.reversed().lexicographicallyPrecedes(other.words.reversed())
  }

  private mutating func subtract(_ other: BigInteger) {
    var borrow = false
    for index in words.indices {
      let subtrahend = index < other.words.count ? other.words[index] : 0
      let (part, first) = words[index].subtractingReportingOverflow(subtrahend)
      let (difference, second) = part.subtractingReportingOverflow(borrow ? 1 : 0)
      words[index] = difference
      borrow = first || second
    }
    while words.count > 1, words[words.count - 1] == 0 { words.removeLast() }
  }
}
