import Canonical
import Telemetry

/// When something that fills up would be full, if it went on as it did.
struct Exhaustion {
  /// How full it is, as the line through the last values says, in 0...1 or more.
  let ratio: Double
  /// The change of the ratio per minute, positive.
  let ratioPerMinute: Double
  /// When the ratio would be 1.
  let fullAt: Timestamp
  /// The same with the slope two standard errors steeper.
  let earliest: Timestamp
  /// The same with the slope two standard errors flatter; nil when it might never be full.
  let latest: Timestamp?

  /// Nil when the line does not rise.
  init?(_ line: LinearTrend.Line, at now: Timestamp, step: TimeSpan) {
    guard line.slope > 0 else { return nil }
    let missing = max(0, 1 - line.latest)
    func time(_ slope: Double) -> Timestamp? {
      let nanoseconds = missing / slope * Double(step.nanoseconds)
      return nanoseconds < 9e18
        ? now + TimeSpan(nanoseconds: Int64(nanoseconds.rounded())) : nil
    }
    guard let fullAt = time(line.slope), let earliest = time(line.slope + 2 * line.error) else {
      return nil
    }
    ratio = line.latest
    ratioPerMinute = line.slope * 60 / step.seconds
    self.fullAt = fullAt
    self.earliest = earliest
    latest = line.slope > 2 * line.error ? time(line.slope - 2 * line.error) : nil
  }

  /// Such as `82 % full, 0.9 points a minute more: full at 21:05:00 (20:58:00 to 21:15:00)`.
  var text: String {
    let percent = Canonical.text(ratio * 100, significant: 3)
    let pace = Canonical.text(ratioPerMinute * 100, significant: 2)
    let until = latest.map { "to \(Canonical.timeOfDay($0))" } ?? "or later"
    return "\(percent) % full, \(pace) points a minute more: full at"
      + " \(Canonical.timeOfDay(fullAt)) (\(Canonical.timeOfDay(earliest)) \(until))"
  }
}
