extension Canonical {
  /// A number with the fewest digits that read back to the same value; `NaN`, `+Inf`, `-Inf` as in
  /// Prometheus.
  public static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    if value == 0 { return "0" }
    let digits = DecimalDigits(value.magnitude)
    return (value < 0 ? "-" : "") + digits.text
  }

  /// A number rounded half up to `significant` decimal digits, for people.
  ///
  /// Rounds the shortest decimal form, so 0.15 at one digit is 0.2 although the binary value lies
  /// below it.
  public static func text(_ value: Double, significant: Int) -> String {
    guard value.isFinite, value != 0 else { return text(value) }
    let digits = DecimalDigits(value.magnitude).rounded(toSignificant: significant)
    return (value < 0 ? "-" : "") + digits.text
  }

  /// A number rounded half up to `decimals` digits after the point, trailing zeros kept.
  public static func text(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return text(value) }
    let digits = DecimalDigits(value.magnitude).rounded(toDecimals: decimals)
    let text = digits.fixedText(decimals: decimals)
    let isZero = !text.contains { $0 != "0" && $0 != "." }
    return (value < 0 && !isZero ? "-" : "") + text
  }

  /// The number that `text(_:decimals:)` prints; what `analysis.json` stores for a rounded figure.
  public static func rounded(_ value: Double, decimals: Int) -> Double {
    value.isFinite ? Double(text(value, decimals: decimals)) ?? value : value
  }

  /// Bytes in binary units, such as `512 MiB`, with three significant digits.
  public static func bytes(_ value: Double) -> String {
    var amount = value
    var unit = "B"
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB"] where amount.magnitude >= 1024 {
      amount /= 1024
      unit = next
    }
    return "\(text(amount, significant: 3)) \(unit)"
  }
}

/// A positive number as decimal digits, `0.d₁d₂d₃… × 10^exponent`.
private struct DecimalDigits {
  /// Digits 0…9 without leading or trailing zeros; empty for zero.
  private var digits: [UInt8]
  private var exponent: Int

  /// Takes the shortest digits that identify `magnitude`, from `Double.description`.
  init(_ magnitude: Double) {
    let parts = magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let fraction = mantissa.count > 1 ? mantissa[1] : ""
    digits = (mantissa[0] + fraction).utf8.map { $0 - 48 }
    exponent = mantissa[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    trim()
  }

  func rounded(toSignificant count: Int) -> DecimalDigits {
    var copy = self
    copy.keep(max(1, count))
    return copy
  }

  func rounded(toDecimals decimals: Int) -> DecimalDigits {
    var copy = self
    copy.keep(exponent + decimals)
    return copy
  }

  /// Plain notation between 1e-6 and 1e21, exponent form outside, as Prometheus prints values.
  var text: String {
    guard !digits.isEmpty else { return "0" }
    guard exponent > -6, exponent <= 21 else {
      let rest = digits.dropFirst().map(String.init).joined()
      let power = exponent - 1
      let sign = power < 0 ? "-" : "+"
      let magnitude = Canonical.padded(Int64(power.magnitude), to: 2)
      return "\(digits[0])" + (rest.isEmpty ? "" : ".\(rest)") + "e\(sign)\(magnitude)"
    }
    return fixedText(decimals: max(0, digits.count - exponent))
  }

  func fixedText(decimals: Int) -> String {
    let whole = exponent <= 0 ? "0" : (0..<exponent).map { digit(at: $0) }.joined()
    guard decimals > 0 else { return whole }
    return whole + "." + (exponent..<exponent + decimals).map { digit(at: $0) }.joined()
  }

  private func digit(at index: Int) -> String {
    digits.indices.contains(index) ? String(digits[index]) : "0"
  }

  private mutating func keep(_ count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let roundsUp = digits[count] >= 5
    digits.removeSubrange(count...)
    if roundsUp { increment() }
    trim()
  }

  private mutating func increment() {
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      exponent += 1
    }
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    while digits.first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    if digits.isEmpty { exponent = 0 }
  }
}
