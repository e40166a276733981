extension Canonical {
  /// Appends a sample's value as the HTTP API of Prometheus writes it, without quotes.
  ///
  /// The fewest digits that read back to the same value, plain between 1e-6 and 1e21 and with an
  /// exponent outside; `NaN`, `+Inf`, `-Inf`, and `-0` for negative zero.
  ///
  /// - Source: prometheus/util/jsonutil/marshal.go, `MarshalFloat`.
  public static func appendSample(_ value: Double, to output: inout [UInt8]) {
    if value.magnitude < 1e15, value == value.rounded(.towardZero) {
      appendWhole(value, to: &output)
      return
    }
    // Where Swift's own shortest form has no exponent it is Go's, too.
    let isPlain = value.magnitude >= 1e-4 && value.magnitude < 1e15
    var digits = isPlain ? value.description : text(value)
    digits.withUTF8 { output.append(contentsOf: $0) }
  }

  /// Appends a whole number below 1e15.
  private static func appendWhole(_ value: Double, to output: inout [UInt8]) {
    if value.sign == .minus { output.append(UInt8(ascii: "-")) }
    var rest = UInt64(value.magnitude)
    guard rest > 0 else { return output.append(UInt8(ascii: "0")) }
    let start = output.count
    while rest > 0 {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      output.append(UInt8(truncatingIfNeeded: 48 + digit))
      rest = quotient
    }
    output[start...].reverse()
  }

  /// Appends milliseconds since the epoch as the HTTP API of Prometheus writes times: seconds,
  /// with three decimals unless they are whole.
  ///
  /// - Source: prometheus/util/jsonutil/marshal.go, `MarshalTimestamp`.
  public static func appendSampleTime(milliseconds: Int64, to output: inout [UInt8]) {
    if milliseconds < 0 { output.append(UInt8(ascii: "-")) }
    let (seconds, fraction) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
    output.append(contentsOf: String(seconds).utf8)
    guard fraction > 0 else { return }
    output.append(UInt8(ascii: "."))
    for divisor: UInt64 in [100, 10, 1] {
      output.append(UInt8(truncatingIfNeeded: 48 + fraction / divisor % 10))
    }
  }
}
