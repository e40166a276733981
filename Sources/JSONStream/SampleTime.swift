/// Reads the times of samples and log lines exactly, without floating point.
public enum SampleTime {
  /// Nanoseconds since the epoch of Unix seconds such as `1795385996.429`, `-0.5` or `1.7e9`.
  ///
  /// More than nine decimals are cut off toward zero. Nil when `text` is no decimal number or does
  /// not fit (years 1677 to 2262).
  public static func nanoseconds(seconds text: UnsafeRawBufferPointer) -> Int64? {
    guard JSONNumber.validPrefix(of: text) == text.count else { return nil }
    var digits: [UInt8] = []
    var point: Int?
    var index = text.first == UInt8(ascii: "-") ? 1 : 0
    while index < text.count, text[index] | 0x20 != UInt8(ascii: "e") {
      if text[index] == UInt8(ascii: ".") {
        point = digits.count
      } else if !digits.isEmpty || text[index] != UInt8(ascii: "0") || point != nil {
        digits.append(text[index] - UInt8(ascii: "0"))
      }
      index += 1
    }
    var wholeDigits = point ?? digits.count
    if index < text.count {
      let exponent = UnsafeRawBufferPointer(rebasing: text[(index + 1)...])
      wholeDigits += clampedExponent(exponent)
    }
    return nanoseconds(digits: digits, wholeDigits: wholeDigits, isNegative: text.first == 0x2D)
  }

  /// Nanoseconds since the epoch from whole decimal nanoseconds; nil when `text` is none or does
  /// not fit.
  public static func nanoseconds(_ text: UnsafeRawBufferPointer) -> Int64? {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = text.dropFirst(isNegative ? 1 : 0)
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      guard let next = appending(byte - UInt8(ascii: "0"), to: value) else { return nil }
      value = next
    }
    return isNegative ? -value : value
  }

  private static func nanoseconds(digits: [UInt8], wholeDigits: Int, isNegative: Bool) -> Int64? {
    let kept = wholeDigits + 9
    var value: Int64 = 0
    guard kept > 0, digits.contains(where: { $0 != 0 }) else { return 0 }
    for place in 0..<kept {
      guard place < digits.count || value != 0 else { continue }
      guard let next = appending(place < digits.count ? digits[place] : 0, to: value) else {
        return nil
      }
      value = next
    }
    return isNegative ? -value : value
  }

  private static func appending(_ digit: UInt8, to value: Int64) -> Int64? {
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflowOfSum) = product.addingReportingOverflow(Int64(digit))
    return overflow || overflowOfSum ? nil : sum
  }

  /// An exponent, at most 10,000 either way, which no time needs and no number limit reaches.
  private static func clampedExponent(_ text: UnsafeRawBufferPointer) -> Int {
    var value = 0
    for byte in text where byte >= UInt8(ascii: "0") {
      value = min(10_000, value * 10 + Int(byte - UInt8(ascii: "0")))
    }
    return text.first == UInt8(ascii: "-") ? -value : value
  }
}
