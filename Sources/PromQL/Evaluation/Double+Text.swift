import Canonical

extension Double {
  /// The shortest digits that read back to the value, never with an exponent, as
  /// `strconv.FormatFloat(value, 'f', -1, 64)` writes it.
  var plainText: String {
    guard isFinite, self != 0 else {
      return isZero && sign == .minus ? "-0" : Canonical.text(self)
    }
    let (digits, point) = decimalDigits
    let sign = self < 0 ? "-" : ""
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    if point >= digits.count {
      return sign + digits + String(repeating: "0", count: point - digits.count)
    }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// The shortest digits that read back to the value, as Go writes it by `%g`: with an exponent
  /// below 1e-4 and from 1e6 on.
  var shortText: String {
    guard isFinite, self != 0 else { return plainText }
    let (digits, point) = decimalDigits
    let exponent = point - 1
    guard exponent < -4 || exponent >= 6 else { return plainText }
    let rest = digits.dropFirst()
    let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
    return (self < 0 ? "-" : "") + digits.prefix(1) + (rest.isEmpty ? "" : "." + rest)
      + "e" + (exponent < 0 ? "-" : "+") + power
  }

  /// The number rounded to two significant digits, as Go's `%.2g` writes it.
  var twoDigitText: String {
    guard isFinite, let rounded = Double(Canonical.text(self, significant: 2)) else {
      return shortText
    }
    guard (100..<1e6).contains(rounded.magnitude) else { return rounded.shortText }
    let digits = rounded.magnitude.plainText
    let second = digits.dropFirst().prefix(1)
    return (rounded < 0 ? "-" : "") + digits.prefix(1) + (second == "0" ? "" : "." + second)
      + "e+0\(digits.count - 1)"
  }

  /// The digits without leading and trailing zeros, and where the point stands among them.
  private var decimalDigits: (digits: String, point: Int) {
    let parts = magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = String(mantissa[0])
    var digits = whole + (mantissa.count > 1 ? String(mantissa[1]) : "")
    var point = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.hasSuffix("0") { digits.removeLast() }
    while digits.hasPrefix("0") {
      digits.removeFirst()
      point -= 1
    }
    return (digits, point)
  }
}
