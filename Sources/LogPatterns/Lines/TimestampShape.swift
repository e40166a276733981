/// Recognises a time at a place in a line, in the shapes that programs write.
///
/// Dates: `2026-11-22`, `2026/11/22`, `2026.11.22`, `20261122`, `22/Nov/2026`, `22 Nov 2026`,
/// `Nov 22 [2026]`, `Sun Nov 22`, `11-22`, `11.22`, `26/11/22`, `261122 195640`. Times: `19:56:40`
/// with or without a fraction, `19.56.40.123456` behind a date. Unix times of 10, 13, 16 or 19
/// digits. A zone may follow.
struct TimestampShape {
  /// Where it ends.
  let end: Int
  /// `Nov 22 19:56:40`, as syslog writes it: a host and a program follow.
  var isSyslog = false
  /// Digits that count from 1970.
  var isUnixTime = false

  /// The time that begins at `start`; nil when none does.
  init?(_ bytes: UnsafeRawBufferPointer, at start: Int) {
    guard start < bytes.count else { return nil }
    let first = bytes[start]
    let reader = ShapeReader(bytes)
    if first.isASCIIDigit {
      guard let end = reader.numeric(at: start) else { return nil }
      isUnixTime = end.isUnixTime
      self.end = reader.afterZone(end.end)
    } else if (0x41...0x5A).contains(first) {
      guard let named = reader.named(at: start) else { return nil }
      isSyslog = named.isSyslog
      end = reader.afterZone(named.end)
    } else {
      return nil
    }
    if end < bytes.count, bytes[end].isASCIILetterOrDigit { return nil }
  }
}

/// The grammar of times; every function gives the index behind what it read, or nil.
private struct ShapeReader {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// A time that begins with a digit.
  func numeric(at start: Int) -> (end: Int, isUnixTime: Bool)? {
    let run = digits(at: start)
    let next = byte(start + run)
    switch run {
    case 1, 2:
      if next == UInt8(ascii: ":") { return clock(at: start).map { ($0, false) } }
      return (named(day: start, run) ?? partial(at: start, run)).map { ($0, false) }
    case 4: return yearFirst(at: start).map { ($0, false) }
    case 6:
      let clock = start + 7
      guard next == UInt8(ascii: " "), digits(at: clock) == 6, byte(clock + 6) == 0x20 else {
        return nil
      }
      return (clock + 6, false)
    case 8:
      guard next == UInt8(ascii: "-") || next == UInt8(ascii: "T") || next == 0x20,
        byte(start) == UInt8(ascii: "1") || byte(start) == UInt8(ascii: "2")
      else { return nil }
      return clock(at: start + 9, isLoose: true).map { ($0, false) }
    case 10, 13, 16, 19: return unixTime(at: start, run).map { ($0, true) }
    default: return nil
    }
  }

  /// A time that begins with the name of a day or a month.
  func named(at start: Int) -> (end: Int, isSyslog: Bool)? {
    var index = start
    if DateWord.isDay(bytes, index) {
      index += 3
      if byte(index) == UInt8(ascii: ",") { index += 1 }
      index = afterBlanks(index)
      if byte(index).isASCIIDigit {
        return named(day: index, digits(at: index)).map { ($0, false) }
      }
    }
    guard DateWord.month(bytes, index) != nil, byte(index + 3) == 0x20 else { return nil }
    index = afterBlanks(index + 3)
    let day = digits(at: index)
    guard (1...2).contains(day), byte(index + day) == 0x20 || byte(index + day) == 0x2C else {
      return nil
    }
    index = afterBlanks(index + day + (byte(index + day) == 0x2C ? 1 : 0))
    var isSyslog = index > start && DateWord.month(bytes, start) != nil
    if digits(at: index) == 4, byte(index + 4) == 0x20 {
      index = afterBlanks(index + 4)
      isSyslog = false
    }
    guard let end = clock(at: index) else { return nil }
    let year = end + 1
    if byte(end) == 0x20, digits(at: year) == 4, byte(year) == 0x32 || byte(year) == 0x31,
      !byte(year + 4).isASCIILetterOrDigit, byte(year + 4) != UInt8(ascii: ":")
    {
      return (year + 4, false)
    }
    return (end, isSyslog)
  }

  /// `2026-11-22`, with or without a time behind it.
  private func yearFirst(at start: Int) -> Int? {
    let mark = byte(start + 4)
    guard isDateMark(mark), byte(start) == 0x31 || byte(start) == 0x32 else { return nil }
    let month = digits(at: start + 5)
    let day = start + 5 + month + 1
    guard (1...2).contains(month), byte(day - 1) == mark, (1...2).contains(digits(at: day)) else {
      return nil
    }
    let end = day + digits(at: day)
    switch byte(end) {
    case 0x20, UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: ":"):
      return clock(at: end + 1) ?? dotted(at: end + 1)
        ?? (byte(end) == 0x20 ? clock(at: afterBlanks(end)) ?? end : nil)
    default: return end
    }
  }

  /// `22 Nov 2026 19:56:40`, `22/Nov/2026:19:56:40`.
  private func named(day start: Int, _ run: Int) -> Int? {
    let mark = byte(start + run)
    let month = start + run + 1
    guard (1...2).contains(run), mark == 0x20 || mark == 0x2F || mark == 0x2D,
      DateWord.month(bytes, month) != nil, byte(month + 3) == mark, digits(at: month + 4) == 4
    else { return nil }
    let end = month + 8
    guard byte(end) == 0x20 || byte(end) == UInt8(ascii: ":") else { return nil }
    return clock(at: end + 1)
  }

  /// `11-22 19:56:40`, `26/11/22 19:56:40`.
  private func partial(at start: Int, _ run: Int) -> Int? {
    let mark = byte(start + run)
    var index = start + run + 1
    guard isDateMark(mark), (1...2).contains(digits(at: index)) else { return nil }
    index += digits(at: index)
    if byte(index) == mark {
      let last = digits(at: index + 1)
      guard last == 2 || last == 4 else { return nil }
      index += 1 + last
    }
    guard byte(index) == 0x20 || byte(index) == UInt8(ascii: "T") else { return nil }
    return clock(at: byte(index) == 0x20 ? afterBlanks(index) : index + 1)
  }

  /// `19:56:40`, with a fraction behind `.`, `,` or `:`.
  ///
  /// - Parameter isLoose: Whether minutes and seconds may have one digit, behind a full date.
  private func clock(at start: Int, isLoose: Bool = false) -> Int? {
    let hours = digits(at: start)
    guard (1...2).contains(hours), byte(start + hours) == UInt8(ascii: ":") else { return nil }
    let minutes = digits(at: start + hours + 1)
    let second = start + hours + minutes + 2
    guard minutes == 2 || isLoose && minutes == 1, byte(second - 1) == UInt8(ascii: ":") else {
      return nil
    }
    let seconds = digits(at: second)
    guard seconds == 2 || isLoose && seconds == 1 else { return nil }
    let end = second + seconds
    switch byte(end) {
    case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"):
      let fraction = digits(at: end + 1)
      return fraction > 0 ? end + 1 + fraction : end
    default: return end
    }
  }

  /// `19.56.40.123456`, behind a date.
  private func dotted(at start: Int) -> Int? {
    guard digits(at: start) == 2, byte(start + 2) == 0x2E, digits(at: start + 3) == 2,
      byte(start + 5) == 0x2E, digits(at: start + 6) == 2
    else { return nil }
    let end = start + 8
    let fraction = byte(end) == 0x2E ? digits(at: end + 1) : 0
    return fraction > 0 ? end + 1 + fraction : end
  }

  /// Digits since 1970, of the years 2001 to 2100.
  private func unixTime(at start: Int, _ run: Int) -> Int? {
    guard (0x31...0x34).contains(byte(start)) else { return nil }
    var end = start + run
    if run == 10, byte(end) == 0x2E, byte(end + 1).isASCIIDigit { end += 1 + digits(at: end + 1) }
    switch byte(end) {
    case 0x20, 0x09, UInt8(ascii: "]"), UInt8(ascii: ","), UInt8(ascii: "|"), UInt8(ascii: ")"):
      return end
    default: return nil
    }
  }

  /// Behind `Z`, `+01:00`, ` UTC`, and one comma.
  func afterZone(_ start: Int) -> Int {
    var index = start
    let blank = byte(index) == 0x20 ? 1 : 0
    let first = byte(index + blank)
    if first == UInt8(ascii: "Z"), blank == 0 {
      index += 1
    } else if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
      let hours = index + blank + 1
      if digits(at: hours) == 4 {
        index = hours + 4
      } else if digits(at: hours) == 2, byte(hours + 2) == UInt8(ascii: ":"),
        digits(at: hours + 3) == 2
      {
        index = hours + 5
      }
    } else if blank == 1, isZoneName(index + 1) {
      index += 4
    }
    return byte(index) == UInt8(ascii: ",") ? index + 1 : index
  }

  private func isZoneName(_ index: Int) -> Bool {
    guard !byte(index + 3).isASCIILetterOrDigit else { return false }
    switch (byte(index), byte(index + 1), byte(index + 2)) {
    case (0x55, 0x54, 0x43), (0x47, 0x4D, 0x54): return true  // UTC, GMT
    case (_, 0x45, 0x53), (0x43, 0x45, 0x54): return byte(index) == 0x43  // CES(T), CET
    default: return false
    }
  }

  private func isDateMark(_ byte: UInt8) -> Bool { byte == 0x2D || byte == 0x2F || byte == 0x2E }

  private func afterBlanks(_ start: Int) -> Int {
    var index = start
    while byte(index) == 0x20 { index += 1 }
    return index
  }

  private func digits(at start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index].isASCIIDigit, index - start < 20 { index += 1 }
    return index - start
  }

  private func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
}

extension UInt8 {
  var isASCIIDigit: Bool { self &- 0x30 < 10 }
  var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  var isASCIILetterOrDigit: Bool { isASCIIDigit || isASCIILetter }
}
