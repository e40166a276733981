import Canonical
internal import Glibc
import Telemetry

/// Values as Go's `fmt` prints them.
public enum GoText {
  /// `%v` of a float64: the fewest digits, in exponent form below 1e-4 and from 1e6 on.
  ///
  /// - Source: Go, strconv/ftoa.go: the shortest `%g` decides by a precision of 6.
  public static func shortest(_ value: Double) -> String {
    guard value.isFinite else { return special(value) }
    guard value != 0 else { return value.sign == .minus ? "-0" : "0" }
    let (digits, exponent) = decimal(value.magnitude)
    let sign = value < 0 ? "-" : ""
    guard exponent >= -4, exponent < 6 else {
      let rest = digits.dropFirst()
      let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
      let mantissa = digits.prefix(1) + (rest.isEmpty ? "" : "." + rest)
      return "\(sign)\(mantissa)e\(exponent < 0 ? "-" : "+")\(power)"
    }
    if exponent < 0 {
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
    }
    guard digits.count > exponent + 1 else {
      return sign + digits + String(repeating: "0", count: exponent + 1 - digits.count)
    }
    return "\(sign)\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
  }

  /// A float64 in one of C's formats `e`, `f`, `g`, which Go's agree with.
  public static func written(_ value: Double, _ verb: Character, precision: Int) -> String {
    guard value.isFinite else { return special(value) }
    // No program of this project sets a locale, so this is the C locale everywhere.
    var buffer = [CChar](repeating: 0, count: 400 + precision)
    let count = withVaList([Int32(precision), value]) {
      vsnprintf(&buffer, buffer.count, "%.*\(verb)", $0)
    }
    return String(decoding: buffer.prefix(Int(count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// `%v` of a `time.Time` in UTC.
  public static func time(_ instant: Timestamp) -> String {
    let text = Canonical.text(instant)
    return text.dropLast().split(separator: "T").joined(separator: " ") + " +0000 UTC"
  }

  /// `%v` of a `time.Duration`, such as `1h0m30s`.
  public static func span(_ span: TimeSpan) -> String {
    let magnitude = span.nanoseconds.magnitude
    let sign = span.nanoseconds < 0 ? "-" : ""
    guard magnitude >= 1_000_000_000 else {
      let units: [(UInt64, String)] = [(1_000_000, "ms"), (1000, "µs"), (1, "ns")]
      guard let (size, name) = units.first(where: { magnitude >= $0.0 }) else { return "0s" }
      return sign + shortest(Double(magnitude) / Double(size)) + name
    }
    let seconds = shortest(Double(magnitude % 60_000_000_000) / 1e9) + "s"
    let minutes = magnitude / 60_000_000_000
    if minutes == 0 { return sign + seconds }
    let hours = minutes / 60
    return sign + (hours > 0 ? "\(hours)h" : "") + "\(minutes % 60)m" + seconds
  }

  private static func special(_ value: Double) -> String {
    value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf"
  }

  /// The shortest digits `d₁d₂…` of a positive number and the power of ten of the first.
  private static func decimal(_ magnitude: Double) -> (digits: String, exponent: Int) {
    let parts = magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    let all = mantissa[0] + fraction
    let leading = all.prefix { $0 == "0" }.count
    var digits = String(all.dropFirst(leading))
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return (digits, mantissa[0].count - leading - 1 + power)
  }
}
