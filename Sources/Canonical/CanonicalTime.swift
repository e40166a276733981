import Telemetry

/// Text for times, numbers and JSON. Nothing else in this project turns them into text, so that
/// the same value has the same bytes in every output, on any machine and in any locale.
public enum Canonical {}

extension Canonical {
  /// An instant as RFC 3339 in UTC, with as many digits of the second as it needs.
  ///
  /// `2026-03-01T10:05:00Z`, `2026-03-01T10:05:00.25Z`.
  public static func text(_ instant: Timestamp) -> String {
    let (days, nanosecondOfDay) = floorDivide(instant.nanoseconds, by: 86_400_000_000_000)
    let date = CivilDate(daysSinceEpoch: days)
    let second = nanosecondOfDay / 1_000_000_000
    var text = "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))"
    text += "T\(padded(second / 3600, to: 2)):\(padded(second / 60 % 60, to: 2))"
    text += ":\(padded(second % 60, to: 2))"
    let fraction = nanosecondOfDay % 1_000_000_000
    if fraction > 0 {
      var digits = padded(fraction, to: 9)
      while digits.last == "0" { digits.removeLast() }
      text += ".\(digits)"
    }
    return text + "Z"
  }

  /// The time of day of an instant as `HH:MM:SS`, UTC, for tables that name the date elsewhere.
  public static func timeOfDay(_ instant: Timestamp) -> String {
    let second = floorDivide(instant.nanoseconds, by: 86_400_000_000_000).remainder / 1_000_000_000
    return "\(padded(second / 3600, to: 2)):\(padded(second / 60 % 60, to: 2))"
      + ":\(padded(second % 60, to: 2))"
  }

  /// A span as a Prometheus duration, such as `1h30m`, `15s` or `250ms`; whole milliseconds only.
  ///
  /// - Source: Prometheus `model.Duration.String`, without its weeks and years.
  public static func text(_ span: TimeSpan) -> String {
    var rest = span.nanoseconds.magnitude / 1_000_000
    guard rest > 0 else { return "0s" }
    var text = span.nanoseconds < 0 ? "-" : ""
    for (unit, milliseconds) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)] {
      let count = rest / UInt64(milliseconds)
      rest %= UInt64(milliseconds)
      if count > 0 { text += "\(count)\(unit)" }
    }
    return rest > 0 ? text + "\(rest)ms" : text
  }

  /// Reads RFC 3339 with any offset, or Unix seconds with up to nine decimals; nil if it is
  /// neither.
  ///
  /// A leap second `:60` is read as the next minute's first second.
  public static func timestamp(_ text: String) -> Timestamp? {
    text.contains("T") || text.contains("t") ? rfc3339(text) : unixSeconds(text)
  }

  /// Reads a Prometheus duration such as `5m` or `1h30m`; nil if it is none.
  public static func span(_ text: String) -> TimeSpan? {
    let units: [(String, Int64)] = [
      ("ms", 1_000_000), ("y", 31_536_000_000_000_000), ("w", 604_800_000_000_000),
      ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
      ("s", 1_000_000_000),
    ]
    var rest = Substring(text)
    var total: Int64 = 0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      guard let count = Int64(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      guard let unit = units.first(where: { rest.hasPrefix($0.0) }) else { return nil }
      rest = rest.dropFirst(unit.0.count)
      let (product, overflow) = count.multipliedReportingOverflow(by: unit.1)
      let (sum, overflowOfSum) = total.addingReportingOverflow(product)
      guard !overflow, !overflowOfSum else { return nil }
      total = sum
    }
    return TimeSpan(nanoseconds: total)
  }

  private static func unixSeconds(_ text: String) -> Timestamp? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int64(parts[0]), whole.magnitude < 9_000_000_000 else {
      return nil
    }
    guard parts.count == 2 else { return Timestamp(seconds: whole) }
    guard let fraction = nanoseconds(fraction: parts[1]) else { return nil }
    let isNegative = text.hasPrefix("-")
    return Timestamp(seconds: whole) + TimeSpan(nanoseconds: isNegative ? -fraction : fraction)
  }

  private static func nanoseconds(fraction: Substring) -> Int64? {
    guard (1...9).contains(fraction.count), fraction.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return Int64(fraction + String(repeating: "0", count: 9 - fraction.count))
  }

  private static func rfc3339(_ text: String) -> Timestamp? {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2),
      scanner.skip("-"), let day = scanner.number(2), scanner.skip("Tt"),
      let hour = scanner.number(2), scanner.skip(":"), let minute = scanner.number(2),
      scanner.skip(":"), let second = scanner.number(2),
      (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    let fraction = scanner.skip(".") ? scanner.fraction() : 0
    guard let fraction, let offset = scanner.offset(), scanner.isAtEnd else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date else { return nil }
    let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - offset
    guard seconds.magnitude <= 9_223_372_036 else { return nil }
    return Timestamp(seconds: seconds) + TimeSpan(nanoseconds: fraction)
  }

  static func padded(_ value: Int64, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

func floorDivide(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
}

/// Reads the fixed-width fields of a timestamp.
private struct DigitScanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) {
    rest = Array(text.utf8)[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ accepted: String) -> Bool {
    guard let byte = rest.first, accepted.utf8.contains(byte) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(_ width: Int) -> Int64? {
    let digits = rest.prefix(width)
    guard digits.count == width, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    rest.removeFirst(width)
    return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }

  /// The digits after a decimal point as nanoseconds; those beyond nine are dropped.
  mutating func fraction() -> Int64? {
    let digits = rest.prefix { (48...57).contains($0) }
    guard !digits.isEmpty else { return nil }
    rest.removeFirst(digits.count)
    let padded = digits.prefix(9) + Array(repeating: 48, count: max(0, 9 - digits.count))
    return padded.reduce(0) { $0 * 10 + Int64($1 - 48) }
  }

  /// `Z` or `±hh:mm`, in seconds east of UTC.
  mutating func offset() -> Int64? {
    if skip("Zz") { return 0 }
    guard let sign = rest.first, skip("+-"), let hours = number(2), skip(":"),
      let minutes = number(2)
    else { return nil }
    return (hours * 3600 + minutes * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
  }
}
