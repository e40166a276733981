import PromQL
import Telemetry

/// Which steps of a grid see an instant in their range `(end - length, end]`.
struct StepWindows {
  /// The end of the first range in nanoseconds.
  private let firstEnd: Int64
  private let step: Int64
  private let count: Int
  private let length: Int64

  /// - Throws: `LogQueryError.budget` when a time lies beyond what 64 bits of nanoseconds can say.
  init(_ grid: QueryGrid, length: TimeSpan, offset: TimeSpan) throws(LogQueryError) {
    let limit = Int64.max / 4
    let millisecond: Int64 = 1_000_000
    guard grid.start.magnitude < UInt64(limit / millisecond),
      grid.end.magnitude < UInt64(limit / millisecond), length.nanoseconds < limit,
      offset.nanoseconds.magnitude < UInt64(limit)
    else { throw .budget(what: "years of time", limit: 73) }
    firstEnd = grid.start * millisecond - offset.nanoseconds
    step = grid.step * millisecond
    count = grid.count
    self.length = length.nanoseconds
  }

  /// The length of a range.
  var lengthInNanoseconds: Int64 { length }

  /// The earliest instant that any range holds.
  var first: Int64 { firstEnd - length + 1 }

  /// The latest instant that any range holds.
  var last: Int64 { end(of: count - 1) }

  /// The end of a step's range.
  func end(of index: Int) -> Int64 { firstEnd + step * Int64(index) }

  /// The steps whose range holds an instant; empty when there are none.
  @inline(__always)
  func steps(seeing instant: Int64) -> Range<Int> {
    guard instant >= first, instant <= last else { return 0..<0 }
    guard count > 1 else { return 0..<1 }
    let lower = Self.ceiling(instant - firstEnd, step)
    let upper = Self.ceiling(instant + length - firstEnd, step)
    let start = max(0, lower)
    return Int(start)..<Int(max(start, min(Int64(count), upper)))
  }

  private static func ceiling(_ value: Int64, _ divisor: Int64) -> Int64 {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder > 0 ? quotient + 1 : quotient
  }
}
