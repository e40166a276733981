import PromQL
import Telemetry

/// Finds where a series vanished from a grid.
///
/// A grid answers a plain selector with lookback already applied, so at an instant without a value
/// the series was stale. Without a marker an evaluation would apply its own lookback to the last
/// value and show the series for minutes after its end.
enum AbsenceMarks {
  /// The first instant, in milliseconds, of every hole of a grid and of the time after its last
  /// value; none for samples with their own times.
  static func milliseconds(in copy: CoveredSeries) -> [Int64] {
    let times = copy.series.times
    guard let step = copy.coverage.step, step > .zero, times.count > 0 else { return [] }
    var marks: [Int64] = []
    switch times {
    case .grid(_, step, _): break
    case .sparse(let start, step, let slots):
      for (slot, next) in zip(slots, slots.dropFirst()) where next > slot + 1 {
        let hole = start + TimeSpan(nanoseconds: step.nanoseconds * (Int64(slot) + 1))
        marks.append(hole.milliseconds)
      }
    default:
      for index in 1..<times.count where times[index] - times[index - 1] > step {
        marks.append((times[index - 1] + step).milliseconds)
      }
    }
    let next = times[times.count - 1] + step
    if let end = copy.coverage.span?.upperBound, next <= end { marks.append(next.milliseconds) }
    return marks
  }
}
