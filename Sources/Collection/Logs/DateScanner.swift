/// Reads dates and times from the bytes of a log line, without making Strings.
struct DateScanner {
  private let bytes: UnsafeRawBufferPointer
  private(set) var position: Int

  /// Starts at an offset of `bytes`, which must outlive the scanner.
  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// Starts after the first occurrence of `text` at the start of a word; nil when there is none.
  init?(_ bytes: UnsafeRawBufferPointer, after text: String) {
    let wanted = Array(text.utf8)
    guard bytes.count >= wanted.count else { return nil }
    for start in 0...bytes.count - wanted.count
    where bytes[start] == wanted[0] && bytes[start...].starts(with: wanted) {
      if start > 0, Self.isWordPart(bytes[start - 1]) { continue }
      self.init(bytes, at: start + wanted.count)
      return
    }
    return nil
  }

  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
  /// Whether a word ends here.
  var isAtWordEnd: Bool { peek.map { !Self.isWordPart($0) } ?? true }

  mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
    position += count
    return true
  }

  mutating func skipSpace() {
    while peek == 32 || peek == 9 { position += 1 }
  }

  /// Exactly `width` digits; nil, with nothing read, when there are fewer.
  mutating func number(width: Int) -> Int64? {
    let start = position
    guard let found = digits(atMost: width), found.count == width else {
      position = start
      return nil
    }
    return found.value
  }

  /// One to `limit` digits and their number; nil when none comes next.
  mutating func digits(atMost limit: Int) -> (value: Int64, count: Int)? {
    var value: Int64 = 0
    let start = position
    while let byte = peek, (48...57).contains(byte), position - start < limit {
      value = value &* 10 &+ Int64(byte - 48)
      position += 1
    }
    return position > start ? (value, position - start) : nil
  }

  /// `2026-11-22T22:50:30.119Z` and its relatives, as nanoseconds since the epoch.
  mutating func dateAndTime() -> Int64? {
    let start = position
    guard let year = number(width: 4), skip("-") || skip("/"), let month = number(width: 2),
      skip("-") || skip("/"), let day = number(width: 2), skip("T") || skip(" ") || skip("t"),
      let time = timeOfDay()
    else {
      position = start
      return nil
    }
    return Self.instant(year: year, month: month, day: day, time: time, offset: offset() ?? 0)
  }

  /// `22:50:30` with an optional fraction, as nanoseconds of the day.
  mutating func timeOfDay() -> Int64? {
    guard let hour = number(width: 2), skip(":"), let minute = number(width: 2), skip(":"),
      let second = number(width: 2), hour < 24, minute < 60, second <= 60
    else { return nil }
    return (hour * 3600 + minute * 60 + second) * 1_000_000_000 + fraction()
  }

  /// `Z`, `+01:00` or `+0100`, in seconds east of UTC; nil when none comes next.
  mutating func offset() -> Int64? {
    if skip("Z") || skip("z") { return 0 }
    let start = position
    let isWest = peek == UInt8(ascii: "-")
    guard skip("+") || skip("-"), let hours = number(width: 2) else {
      position = start
      return nil
    }
    _ = skip(":")
    guard let minutes = number(width: 2) else {
      position = start
      return nil
    }
    return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }

  /// Unix time of plausible length: seconds, with or without decimals, milliseconds, microseconds
  /// or nanoseconds, told apart by the number of digits.
  mutating func unixTime() -> Int64? {
    let start = position
    guard let (value, count) = digits(atMost: 20) else { return nil }
    switch count {
    case 10: return value * 1_000_000_000 + fraction()
    case 13: return value * 1_000_000
    case 16: return value * 1000
    case 19 where value > 0: return value
    default:
      position = start
      return nil
    }
  }

  /// A date or a Unix time, in double quotes or bare.
  mutating func quotedOrBareTime() -> Int64? {
    _ = skip("\"")
    return dateAndTime() ?? unixTime()
  }

  /// `Jan` … `Dec` as 1 … 12; nil, with nothing read, for anything else.
  mutating func monthName() -> Int64? {
    let names: [StaticString] = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    for (index, name) in names.enumerated() where skip(name) { return Int64(index + 1) }
    return nil
  }

  /// Nanoseconds since the epoch of a civil time; nil when there is no such day or it lies outside
  /// 1700…2261.
  ///
  /// - Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  static func instant(year: Int64, month: Int64, day: Int64, time: Int64, offset: Int64) -> Int64? {
    guard (1700...2261).contains(year), (1...12).contains(month), day >= 1,
      day <= daysOfMonth(month, year: year)
    else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return days * 86_400_000_000_000 + time - offset * 1_000_000_000
  }

  /// Whether a byte can stand inside a word or number.
  static func isWordPart(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  private static func daysOfMonth(_ month: Int64, year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  /// A fraction after `.` or `,` as nanoseconds; digits beyond nine are dropped.
  private mutating func fraction() -> Int64 {
    let start = position
    guard skip(".") || skip(","), let (value, count) = digits(atMost: 9) else {
      position = start
      return 0
    }
    while let byte = peek, (48...57).contains(byte) { position += 1 }
    return (count..<9).reduce(value) { total, _ in total * 10 }
  }
}
