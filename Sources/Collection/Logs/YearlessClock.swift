import Canonical
import Telemetry

/// Gives times without a year the year that puts them nearest to the window.
struct YearlessClock {
  /// The first nanosecond of 2000, the leap year in which times without a year are kept.
  private static let start2000: Int64 = 946_684_800_000_000_000
  private let middle: Int64
  private let year: Int64

  init(window: CaptureWindow) {
    let range = window.range
    middle = range.start.nanoseconds / 2 + range.end.nanoseconds / 2
    year = Int64(Canonical.text(Timestamp(nanoseconds: middle)).prefix(4)) ?? 2000
  }

  /// The instant that a time of the year 2000 stands for.
  func instant(_ time: Int64) -> Int64 {
    let candidates = (year - 1...year + 1).compactMap { moved(time, to: $0) }
    return candidates.min { distance($0) < distance($1) } ?? time
  }

  private func distance(_ time: Int64) -> UInt64 { (time &- middle).magnitude }

  private func moved(_ time: Int64, to year: Int64) -> Int64? {
    let date = Canonical.text(Timestamp(nanoseconds: time))
    let fields = date.prefix(10).split(separator: "-").compactMap { Int64($0) }
    guard fields.count == 3 else { return nil }
    let timeOfDay = (time &- Self.start2000) % 86_400_000_000_000
    return DateScanner.instant(
      year: year, month: fields[1], day: fields[2], time: timeOfDay, offset: 0)
  }
}
