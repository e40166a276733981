import Telemetry

/// Finds the time that a plain log line states about itself.
///
/// Understood are RFC 3339 and its relatives (a space for `T`, a comma for the point, no offset,
/// which is read as UTC), CRI (`<RFC 3339> stdout F line`), klog (`I1122 22:50:30.1`), syslog
/// (`Nov 22 22:50:30`), access logs (`[22/Nov/2026:22:50:30 +0000]`), Unix seconds, milliseconds
/// and nanoseconds at the start, and `time`, `ts`, `timestamp` or `@timestamp` as a JSON member or
/// a logfmt pair. Only the first 512 bytes of a line are looked at.
struct LogClock {
  /// A stated time, and where the line proper begins.
  struct Reading: Equatable {
    var nanoseconds: Int64
    /// Whether the year is missing; `nanoseconds` then lies in the year 2000.
    var isYearless = false
    /// Bytes of a container runtime's prefix, which is not part of the logged line.
    var prefixLength = 0
    /// Whether a container runtime says that the line goes on in the next one.
    var isPartial = false
  }

  /// The time that `line` states, or nil.
  static func reading(of line: UnsafeRawBufferPointer) -> Reading? {
    let head = UnsafeRawBufferPointer(rebasing: line.prefix(512))
    guard let first = head.first else { return nil }
    if first == UInt8(ascii: "{") { return member(in: head) }
    if let reading = cri(head) { return reading }
    var scanner = DateScanner(head)
    _ = scanner.skip("[")
    if let time = scanner.dateAndTime() { return Reading(nanoseconds: time) }
    if let reading = klog(head) ?? syslog(head) ?? unix(head) { return reading }
    return pair(in: head) ?? accessLog(head)
  }

  private static func cri(_ head: UnsafeRawBufferPointer) -> Reading? {
    var scanner = DateScanner(head)
    guard let time = scanner.dateAndTime(), scanner.skip(" std"),
      scanner.skip("out ") || scanner.skip("err ")
    else { return nil }
    let isPartial = scanner.peek == UInt8(ascii: "P")
    guard scanner.skip("P ") || scanner.skip("F ") || scanner.skip("F") else { return nil }
    return Reading(nanoseconds: time, prefixLength: scanner.position, isPartial: isPartial)
  }

  private static func klog(_ head: UnsafeRawBufferPointer) -> Reading? {
    var scanner = DateScanner(head)
    guard ["I", "W", "E", "F"].contains(where: { scanner.skip($0) }),
      let month = scanner.number(width: 2), let day = scanner.number(width: 2), scanner.skip(" "),
      let time = scanner.timeOfDay()
    else { return nil }
    return yearless(month: month, day: day, time: time)
  }

  private static func syslog(_ head: UnsafeRawBufferPointer) -> Reading? {
    var scanner = DateScanner(head)
    if scanner.skip("<"), let digits = scanner.digits(atMost: 3), digits.count > 0 {
      guard scanner.skip(">") else { return nil }
    }
    guard let month = scanner.monthName(), scanner.skip(" ") else { return nil }
    _ = scanner.skip(" ")
    guard let day = scanner.digits(atMost: 2)?.value, scanner.skip(" "),
      let time = scanner.timeOfDay()
    else { return nil }
    return yearless(month: month, day: day, time: time)
  }

  private static func yearless(month: Int64, day: Int64, time: Int64) -> Reading? {
    DateScanner.instant(year: 2000, month: month, day: day, time: time, offset: 0)
      .map { Reading(nanoseconds: $0, isYearless: true) }
  }

  private static func unix(_ head: UnsafeRawBufferPointer) -> Reading? {
    var scanner = DateScanner(head)
    guard let time = scanner.unixTime(), scanner.isAtWordEnd else { return nil }
    return Reading(nanoseconds: time)
  }

  private static func accessLog(_ head: UnsafeRawBufferPointer) -> Reading? {
    for index in head.indices where head[index] == UInt8(ascii: "[") {
      var scanner = DateScanner(head, at: index + 1)
      guard let day = scanner.number(width: 2), scanner.skip("/"),
        let month = scanner.monthName(), scanner.skip("/"), let year = scanner.number(width: 4),
        scanner.skip(":"), let time = scanner.timeOfDay()
      else { continue }
      _ = scanner.skip(" ")
      let offset = scanner.offset() ?? 0
      return DateScanner.instant(year: year, month: month, day: day, time: time, offset: offset)
        .map { Reading(nanoseconds: $0) }
    }
    return nil
  }

  private static let names = ["time", "ts", "timestamp", "@timestamp"]

  /// `"ts": "…"` of a JSON line.
  private static func member(in head: UnsafeRawBufferPointer) -> Reading? {
    for name in names {
      guard var scanner = DateScanner(head, after: "\"\(name)\"") else { continue }
      scanner.skipSpace()
      guard scanner.skip(":") else { continue }
      scanner.skipSpace()
      if let time = scanner.quotedOrBareTime() { return Reading(nanoseconds: time) }
    }
    return nil
  }

  /// `ts=…` of a logfmt line.
  private static func pair(in head: UnsafeRawBufferPointer) -> Reading? {
    for name in names {
      guard var scanner = DateScanner(head, after: "\(name)=") else { continue }
      if let time = scanner.quotedOrBareTime() { return Reading(nanoseconds: time) }
    }
    return nil
  }
}
