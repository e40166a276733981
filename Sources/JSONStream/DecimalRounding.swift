/// Rounds `mantissa × 10^exponent` to the nearest double, ties to even.
///
/// - Source: Daniel Lemire, "Number Parsing at a Gigabyte per Second", 2021, arXiv:2101.11408,
///   section 5, as `compute_float` of github.com/fastfloat/fast_float.
enum DecimalRounding {
  /// The nearest double, or nil in the rare cases that 128 bits do not decide.
  static func nearest(_ mantissa: UInt64, timesTenTo exponent: Int) -> Double? {
    guard mantissa != 0, exponent >= PowersOfFive.range.lowerBound else { return 0 }
    guard exponent <= PowersOfFive.range.upperBound else { return .infinity }
    let leadingZeros = mantissa.leadingZeroBitCount
    guard let product = product(mantissa << UInt64(leadingZeros), exponent) else { return nil }
    let topBit = Int(product.high >> 63)
    let shift = UInt64(topBit + 64 - 52 - 3)
    var bits = product.high >> shift
    var power = binaryExponent(exponent) + topBit - leadingZeros + 1023
    if power <= 0 { return subnormal(bits, shift: 1 - power) }
    let mayBeTie = product.low <= 1 && (-4...23).contains(exponent) && bits & 3 == 1
    if mayBeTie, bits << shift == product.high { bits &= ~1 }
    bits = (bits + (bits & 1)) >> 1
    if bits >= 1 << 53 {
      bits = 1 << 52
      power += 1
    }
    guard power < 0x7FF else { return .infinity }
    return Double(bitPattern: bits & ~(1 << 52) | UInt64(power) << 52)
  }

  private static func subnormal(_ bits: UInt64, shift: Int) -> Double {
    guard shift < 64 else { return 0 }
    var bits = bits >> UInt64(shift)
    bits = (bits + (bits & 1)) >> 1
    return Double(bitPattern: bits)
  }

  /// The 128 leading bits of `mantissa` times a power of five, or nil when they may be too low.
  private static func product(_ mantissa: UInt64, _ exponent: Int) -> (high: UInt64, low: UInt64)? {
    let powers = PowersOfFive.table.words
    let index = (exponent - PowersOfFive.range.lowerBound) * 2
    var (high, low) = mantissa.multipliedFullWidth(by: powers[index])
    let undecidedBits = UInt64.max >> 55
    if high & undecidedBits == undecidedBits {
      let second = mantissa.multipliedFullWidth(by: powers[index + 1]).high
      let (sum, overflow) = low.addingReportingOverflow(second)
      low = sum
      if overflow { high += 1 }
    }
    if low == .max, !(-27...55).contains(exponent) { return nil }
    return (high, low)
  }

  /// The binary exponent of the leading bit of 10^exponent.
  private static func binaryExponent(_ exponent: Int) -> Int {
    ((152_170 + 65_536) * exponent) >> 16 + 63
  }
}
