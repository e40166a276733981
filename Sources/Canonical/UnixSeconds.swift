import Telemetry

extension Canonical {
  /// Appends an instant as Unix seconds with as many decimals as it needs: `1795387625.004`.
  ///
  /// This is how Prometheus writes sample times, except that no digit is ever rounded away.
  public static func appendUnixSeconds(nanoseconds: Int64, to output: inout [UInt8]) {
    if nanoseconds < 0 { output.append(UInt8(ascii: "-")) }
    let (seconds, fraction) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    appendDigits(seconds, width: 1, to: &output)
    guard fraction > 0 else { return }
    output.append(UInt8(ascii: "."))
    var digits = fraction
    var width = 9
    while digits % 10 == 0 {
      digits /= 10
      width -= 1
    }
    appendDigits(digits, width: width, to: &output)
  }

  private static func appendDigits(_ value: UInt64, width: Int, to output: inout [UInt8]) {
    let start = output.count
    var rest = value
    var count = 0
    while rest > 0 || count < width {
      output.append(UInt8(48 + rest % 10))
      rest /= 10
      count += 1
    }
    output[start...].reverse()
  }
}
