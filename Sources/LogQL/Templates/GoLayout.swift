import Canonical
import Telemetry

/// A layout of times as Go writes it: how `Mon Jan 2 15:04:05 2006` would look.
///
/// - Source: https://pkg.go.dev/time#pkg-constants
struct GoLayout {
  private enum Part {
    case text(String)
    case year, shortYear, month, paddedMonth, monthName, shortMonthName
    case day, paddedDay, blankDay, dayName, shortDayName
    case hour, hour12, paddedHour12, minute, paddedMinute, second, paddedSecond
    case halfDay, lowerHalfDay, zoneName
    /// The digits after the point; `trims` leaves out zeros at the end.
    case fraction(digits: Int, trims: Bool)
    /// An offset from UTC; `Z` stands for none when `usesZ`.
    case offset(usesZ: Bool, hasColon: Bool)
  }

  private let parts: [Part]

  init(_ layout: String) {
    var parts: [Part] = []
    var rest = Substring(layout)
    var literal = ""
    while !rest.isEmpty {
      guard let (part, length) = Self.part(at: rest, after: literal) else {
        literal.append(rest.removeFirst())
        continue
      }
      if !literal.isEmpty { parts.append(.text(literal)) }
      literal = ""
      parts.append(part)
      rest = rest.dropFirst(length)
    }
    self.parts = literal.isEmpty ? parts : parts + [.text(literal)]
  }

  private static let words: [(String, Part)] = [
    ("2006", .year), ("January", .monthName), ("Monday", .dayName), ("Jan", .shortMonthName),
    ("Mon", .shortDayName), ("MST", .zoneName), ("Z07:00", .offset(usesZ: true, hasColon: true)),
    ("Z0700", .offset(usesZ: true, hasColon: false)),
    ("-07:00", .offset(usesZ: false, hasColon: true)),
    ("-0700", .offset(usesZ: false, hasColon: false)), ("01", .paddedMonth), ("02", .paddedDay),
    ("03", .paddedHour12), ("04", .paddedMinute), ("05", .paddedSecond), ("06", .shortYear),
    ("15", .hour), ("_2", .blankDay), ("PM", .halfDay), ("pm", .lowerHalfDay), ("1", .month),
    ("2", .day), ("3", .hour12), ("4", .minute), ("5", .second),
  ]

  private static func part(at rest: Substring, after literal: String) -> (Part, Int)? {
    if let first = rest.first, first == "." || first == "," {
      let digits = rest.dropFirst().prefix { $0 == "0" }
      let nines = rest.dropFirst().prefix { $0 == "9" }
      let run = digits.isEmpty ? nines : digits
      let next = rest.dropFirst(1 + run.count).first
      if !run.isEmpty, !(next?.isNumber ?? false) {
        return (.fraction(digits: run.count, trims: digits.isEmpty), 1 + run.count)
      }
    }
    return words.first { rest.hasPrefix($0.0) }.map { ($0.1, $0.0.count) }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let days = [
    "Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday",
  ]

  // MARK: Writing

  /// An instant in UTC.
  func text(of instant: Timestamp) -> String {
    let clock = Clock(instant)
    return parts.map { text(of: $0, clock) }.joined()
  }

  private struct Clock {
    let date: CivilDate
    let weekday: Int
    let hour: Int64
    let minute: Int64
    let second: Int64
    let nanosecond: Int64

    init(_ instant: Timestamp) {
      let day: Int64 = 86_400_000_000_000
      var days = instant.nanoseconds / day
      var rest = instant.nanoseconds % day
      if rest < 0 {
        rest += day
        days -= 1
      }
      date = CivilDate(daysSinceEpoch: days)
      weekday = Int((days % 7 + 7) % 7)
      hour = rest / 3_600_000_000_000
      minute = rest / 60_000_000_000 % 60
      second = rest / 1_000_000_000 % 60
      nanosecond = rest % 1_000_000_000
    }
  }

  private func text(of part: Part, _ clock: Clock) -> String {
    let hour12 = clock.hour % 12 == 0 ? 12 : clock.hour % 12
    return switch part {
    case .text(let text): text
    case .year: Self.padded(clock.date.year, 4)
    case .shortYear: Self.padded(clock.date.year % 100, 2)
    case .month: "\(clock.date.month)"
    case .paddedMonth: Self.padded(clock.date.month, 2)
    case .monthName: Self.months[Int(clock.date.month) - 1]
    case .shortMonthName: String(Self.months[Int(clock.date.month) - 1].prefix(3))
    case .day: "\(clock.date.day)"
    case .paddedDay: Self.padded(clock.date.day, 2)
    case .blankDay: (clock.date.day < 10 ? " " : "") + "\(clock.date.day)"
    case .dayName: Self.days[clock.weekday]
    case .shortDayName: String(Self.days[clock.weekday].prefix(3))
    case .hour: Self.padded(clock.hour, 2)
    case .hour12: "\(hour12)"
    case .paddedHour12: Self.padded(hour12, 2)
    case .minute: "\(clock.minute)"
    case .paddedMinute: Self.padded(clock.minute, 2)
    case .second: "\(clock.second)"
    case .paddedSecond: Self.padded(clock.second, 2)
    case .halfDay: clock.hour < 12 ? "AM" : "PM"
    case .lowerHalfDay: clock.hour < 12 ? "am" : "pm"
    case .zoneName: "UTC"
    case .fraction(let digits, let trims): Self.fraction(clock.nanosecond, digits, trims)
    case .offset(let usesZ, let hasColon): usesZ ? "Z" : hasColon ? "+00:00" : "+0000"
    }
  }

  private static func fraction(_ nanosecond: Int64, _ digits: Int, _ trims: Bool) -> String {
    var text = padded(nanosecond, 9).prefix(digits)
    if digits > 9 { text += String(repeating: "0", count: digits - 9) }
    if trims {
      while text.last == "0" { text.removeLast() }
      if text.isEmpty { return "" }
    }
    return "." + text
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = "\(value.magnitude)"
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (value < 0 ? "-" : "") + zeros + digits
  }

  // MARK: Reading

  /// The instant that a text of this layout names; nil when it is none.
  func instant(_ text: String) -> Timestamp? {
    var reading = Reading(rest: Substring(text))
    for part in parts {
      guard read(part, &reading) else { return nil }
    }
    return reading.rest.isEmpty ? reading.instant : nil
  }

  private struct Reading {
    var rest: Substring
    var year: Int64 = 0
    var month: Int64 = 1
    var day: Int64 = 1
    var hour: Int64 = 0
    var minute: Int64 = 0
    var second: Int64 = 0
    var nanosecond: Int64 = 0
    var offset: Int64 = 0
    var isAfternoon: Bool?

    /// Takes a number of `least` to `most` digits.
    mutating func number(_ least: Int, _ most: Int) -> Int64? {
      let digits = rest.prefix(most).prefix { ("0"..."9").contains($0) }
      guard digits.count >= least, let value = Int64(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      return value
    }

    mutating func takes(_ text: String) -> Bool {
      guard rest.lowercased().hasPrefix(text.lowercased()) else { return false }
      rest = rest.dropFirst(text.count)
      return true
    }

    var instant: Timestamp? {
      let date = CivilDate(year: year, month: month, day: day)
      guard (1...12).contains(month), CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date,
        hour < 24, minute < 60, second < 60
      else { return nil }
      let hours = isAfternoon.map { hour % 12 + ($0 ? 12 : 0) } ?? hour
      let seconds = date.daysSinceEpoch * 86_400 + hours * 3600 + minute * 60 + second - offset
      return Timestamp(seconds: seconds) + TimeSpan(nanoseconds: nanosecond)
    }
  }

  private func read(_ part: Part, _ into: inout Reading) -> Bool {
    func set(_ field: WritableKeyPath<Reading, Int64>, _ least: Int, _ most: Int) -> Bool {
      guard let value = into.number(least, most) else { return false }
      into[keyPath: field] = value
      return true
    }
    switch part {
    case .text(let text): return into.takes(text)
    case .year: return set(\.year, 4, 4)
    case .shortYear:
      guard set(\.year, 2, 2) else { return false }
      into.year += into.year >= 69 ? 1900 : 2000
      return true
    case .month: return set(\.month, 1, 2)
    case .paddedMonth: return set(\.month, 2, 2)
    case .monthName: return readName(Self.months, &into) { $0.month = $1 + 1 }
    case .shortMonthName:
      return readName(Self.months.map { String($0.prefix(3)) }, &into) { $0.month = $1 + 1 }
    case .day, .blankDay:
      if into.rest.hasPrefix(" ") { into.rest = into.rest.dropFirst() }
      return set(\.day, 1, 2)
    case .paddedDay: return set(\.day, 2, 2)
    case .dayName: return readName(Self.days, &into) { _, _ in }
    case .shortDayName:
      return readName(Self.days.map { String($0.prefix(3)) }, &into) { _, _ in }
    case .hour, .paddedHour12: return set(\.hour, 2, 2)
    case .hour12: return set(\.hour, 1, 2)
    case .minute: return set(\.minute, 1, 2)
    case .paddedMinute: return set(\.minute, 2, 2)
    case .second, .paddedSecond: return readSecond(part, &into)
    case .halfDay, .lowerHalfDay:
      return readName(["AM", "PM"], &into) { $0.isAfternoon = $1 == 1 }
    case .zoneName: return into.takes("UTC") || into.takes("GMT")
    case .fraction(_, let trims): return readFraction(&into) || trims
    case .offset(let usesZ, let hasColon): return readOffset(&into, usesZ, hasColon)
    }
  }

  private func readName(
    _ names: [String], _ into: inout Reading, _ set: (inout Reading, Int64) -> Void
  ) -> Bool {
    guard let index = names.firstIndex(where: { into.takes($0) }) else { return false }
    set(&into, Int64(index))
    return true
  }

  /// A second, with a fraction even when the layout has none, as in Go.
  private func readSecond(_ part: Part, _ into: inout Reading) -> Bool {
    guard let value = into.number(1, 2) else { return false }
    into.second = value
    let expectsFraction = parts.contains { if case .fraction = $0 { true } else { false } }
    if !expectsFraction { _ = readFraction(&into) }
    return true
  }

  private func readFraction(_ into: inout Reading) -> Bool {
    guard let first = into.rest.first, first == "." || first == "," else { return false }
    let digits = into.rest.dropFirst().prefix { ("0"..."9").contains($0) }
    guard !digits.isEmpty else { return false }
    let nine = digits.prefix(9) + String(repeating: "0", count: max(0, 9 - digits.count))
    into.nanosecond = Int64(nine) ?? 0
    into.rest = into.rest.dropFirst(1 + digits.count)
    return true
  }

  private func readOffset(_ into: inout Reading, _ usesZ: Bool, _ hasColon: Bool) -> Bool {
    if usesZ, into.takes("Z") { return true }
    guard let sign = into.rest.first, sign == "+" || sign == "-" else { return false }
    into.rest = into.rest.dropFirst()
    guard let hours = into.number(2, 2), !hasColon || into.takes(":"),
      let minutes = into.number(2, 2)
    else { return false }
    into.offset = (hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1)
    return true
  }
}
