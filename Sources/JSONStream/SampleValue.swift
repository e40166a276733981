/// Reads the text of a sample value as Prometheus writes it.
///
/// Accepts decimal numbers with or without an exponent, and `NaN`, `+Inf`, `-Inf`, `Inf`. Refuses
/// hexadecimal forms, blanks, a leading plus, and an empty text. Results are correctly rounded:
/// the bits are those of C's `strtod`.
///
/// - Source: Clinger 1990 for small numbers, Eisel–Lemire (arXiv:2101.11408) for the others,
///   Swift's own correctly rounded parser for more than 19 digits.
public enum SampleValue {
  /// The value of `text`, or nil when it is none.
  public static func parse(_ text: UnsafeRawBufferPointer) -> Double? {
    guard text.count > 0 else { return nil }
    return withPadding(text) { bytes in
      let (value, length) = scan(bytes)
      return length == text.count ? value : named(text)
    }
  }

  /// The value of `text`, or nil when it is none.
  public static func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { parse(UnsafeRawBufferPointer($0)) }
  }

  private static func named(_ text: UnsafeRawBufferPointer) -> Double? {
    switch String(decoding: text, as: UTF8.self) {
    case "NaN": .nan
    case "+Inf", "Inf": .infinity
    case "-Inf": -.infinity
    default: nil
    }
  }

  /// Runs `body` on a copy of `text` that is followed by zero bytes, as `scan` needs.
  private static func withPadding(
    _ text: UnsafeRawBufferPointer, _ body: (UnsafePointer<UInt8>) -> Double?
  ) -> Double? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count + 16) { copy in
      guard let start = copy.baseAddress else { return nil }
      for (index, byte) in text.enumerated() { start[index] = byte }
      (start + text.count).initialize(repeating: 0, count: 16)
      return body(start)
    }
  }

  /// Reads a decimal number from bytes that end in a byte which is no part of one.
  ///
  /// - Parameter bytes: At least 8 bytes after the number must be readable.
  /// - Returns: The value and its length in bytes; length 0 when there is no number.
  @inline(__always)
  static func scan(_ bytes: UnsafePointer<UInt8>) -> (value: Double, length: Int) {
    var index = 0
    var mantissa: UInt64 = 0
    var exponent = 0
    let isNegative = bytes[0] == UInt8(ascii: "-")
    if isNegative { index = 1 }
    let firstDigit = index
    accumulate(bytes, &index, &mantissa)
    var digits = index &- firstDigit
    guard digits > 0 else { return (0, 0) }
    if bytes[index] == UInt8(ascii: ".") {
      let firstDecimal = index &+ 1
      index = firstDecimal
      accumulate(bytes, &index, &mantissa)
      exponent = firstDecimal &- index
      guard exponent < 0 else { return (0, 0) }
      digits &-= exponent
    }
    if bytes[index] | 0x20 == UInt8(ascii: "e") {
      guard let power = scanExponent(bytes, &index) else { return (0, 0) }
      exponent &+= power
    }
    if digits > 19, significantDigits(bytes, from: firstDigit, to: index) > 19 {
      return (correctlyRounded(bytes, length: index), index)
    }
    if mantissa >> 53 == 0, exponent >= -22, exponent <= 22 {
      var value = Double(mantissa)
      value = exponent < 0 ? value / powersOfTen(-exponent) : value * powersOfTen(exponent)
      return (isNegative ? -value : value, index)
    }
    guard let value = DecimalRounding.nearest(mantissa, timesTenTo: exponent) else {
      return (correctlyRounded(bytes, length: index), index)
    }
    return (isNegative ? -value : value, index)
  }

  /// Reads digits into `mantissa`, eight at a time; wraps when there are more than fit.
  @inline(__always)
  static func accumulate(
    _ bytes: UnsafePointer<UInt8>, _ index: inout Int, _ mantissa: inout UInt64
  ) {
    while true {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
      guard EightDigits.areDigits(word) else { break }
      mantissa = mantissa &* 100_000_000 &+ EightDigits.value(word)
      index &+= 8
    }
    while true {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      index &+= 1
    }
  }

  private static func scanExponent(_ bytes: UnsafePointer<UInt8>, _ index: inout Int) -> Int? {
    index += 1
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    let first = index
    var power = 0
    while bytes[index] &- UInt8(ascii: "0") <= 9 {
      if power < 100_000 { power = power * 10 + Int(bytes[index] - UInt8(ascii: "0")) }
      index += 1
    }
    guard index > first else { return nil }
    return isNegative ? -power : power
  }

  /// Digits of the mantissa without its leading zeros.
  private static func significantDigits(
    _ bytes: UnsafePointer<UInt8>, from first: Int, to end: Int
  ) -> Int {
    var count = 0
    for index in first..<end {
      if bytes[index] | 0x20 == UInt8(ascii: "e") { break }
      guard bytes[index] != UInt8(ascii: ".") else { continue }
      if count > 0 || bytes[index] != UInt8(ascii: "0") { count += 1 }
    }
    return count
  }

  private static func correctlyRounded(_ bytes: UnsafePointer<UInt8>, length: Int) -> Double {
    let text = String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
    guard let value = Double(text) else { preconditionFailure("BUG: \(text) is no number") }
    return value
  }

  @inline(__always)
  private static func powersOfTen(_ exponent: Int) -> Double {
    switch exponent {
    case 0: 1e0
    case 1: 1e1
    case 2: 1e2
    case 3: 1e3
    case 4: 1e4
    case 5: 1e5
    case 6: 1e6
    case 7: 1e7
    case 8: 1e8
    case 9: 1e9
    case 10: 1e10
    case 11: 1e11
    case 12: 1e12
    case 13: 1e13
    case 14: 1e14
    case 15: 1e15
    case 16: 1e16
    case 17: 1e17
    case 18: 1e18
    case 19: 1e19
    case 20: 1e20
    case 21: 1e21
    default: 1e22
    }
  }
}

/// Eight ASCII digits at a time.
///
/// - Source: Johnny Lee 2016 and Daniel Lemire, "Quickly parsing eight digits", 2018.
enum EightDigits {
  /// Whether all eight bytes are digits.
  @inline(__always)
  static func areDigits(_ word: UInt64) -> Bool {
    let high = word & 0xF0F0_F0F0_F0F0_F0F0
    let raised = (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
    return high == 0x3030_3030_3030_3030 && raised == 0x3030_3030_3030_3030
  }

  /// The number that eight digits write, the first in the lowest byte.
  @inline(__always)
  static func value(_ word: UInt64) -> UInt64 {
    var word = word &- 0x3030_3030_3030_3030
    word = (word &* 10) &+ (word &>> 8)
    let even = (word & 0x0000_00FF_0000_00FF) &* 0x000F_4240_0000_0064
    let odd = ((word &>> 16) & 0x0000_00FF_0000_00FF) &* 0x0000_2710_0000_0001
    return (even &+ odd) &>> 32
  }
}
