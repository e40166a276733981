import Canonical
import Telemetry

/// Times and spans for people: UTC, with the date left out when the whole window lies on one day.
struct TimeText {
  private let showsDate: Bool
  private let window: TimeRange

  init(window: TimeRange) {
    self.window = window
    let lastInstant =
      window.isEmpty ? window.end : Timestamp(nanoseconds: window.end.nanoseconds - 1)
    showsDate = Self.date(window.start) != Self.date(lastInstant)
  }

  /// `10:05:00`, or `2026-03-01 10:05:00` when the window spans several days or `instant` lies on
  /// another day. Fractions of a second are left out.
  func time(_ instant: Timestamp) -> String {
    let clock = Canonical.timeOfDay(instant)
    let isWindowsDay = Self.date(instant) == Self.date(window.start)
    return showsDate || !isWindowsDay ? "\(Self.date(instant)) \(clock)" : clock
  }

  /// `10:05:00 to 10:43:00 UTC`; an open interval says so, one that is over at once has one time.
  func interval(_ start: Timestamp, _ end: Timestamp?) -> String {
    guard let end else { return "\(time(start)) UTC to the end of the data" }
    guard time(start) != time(end) else { return "\(time(start)) UTC" }
    return "\(time(start)) to \(time(end)) UTC"
  }

  /// `2026-03-01 10:05:00 UTC`.
  static func full(_ instant: Timestamp) -> String {
    "\(date(instant)) \(Canonical.timeOfDay(instant)) UTC"
  }

  /// `2026-03-01`.
  static func date(_ instant: Timestamp) -> String {
    String(Canonical.text(instant).prefix { $0 != "T" })
  }

  /// A span in whole seconds, such as `38m` or `1h2m15s`.
  static func span(_ span: TimeSpan) -> String {
    Canonical.text(TimeSpan.seconds(span.nanoseconds / 1_000_000_000))
  }
}
