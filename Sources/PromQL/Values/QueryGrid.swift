import Telemetry

/// The instants at which a query is evaluated: `start`, `start + step`, …
public struct QueryGrid: Hashable, Sendable {
  /// The first instant in milliseconds since the epoch.
  public let start: Int64
  /// Milliseconds between instants; 0 when there is only one.
  public let step: Int64
  /// The number of instants, at least 1.
  public let count: Int

  /// Makes a grid.
  public init(start: Int64, step: Int64, count: Int) {
    precondition(count >= 1 && (count == 1 || step > 0), "BUG: a grid of \(count) × \(step) ms")
    self.start = start
    self.step = step
    self.count = count
  }

  /// The grid of an instant query.
  public init(at instant: Timestamp) {
    self.init(start: instant.milliseconds, step: 0, count: 1)
  }

  /// The grid of a range query, as Prometheus cuts it: every step from `from` that is not after
  /// `to`; `to` must not be before `from`, `step` at least a millisecond.
  public init(from: Timestamp, to: Timestamp, step: TimeSpan) {
    let span = to.milliseconds - from.milliseconds
    let milliseconds = step.nanoseconds / 1_000_000
    self.init(
      start: from.milliseconds, step: milliseconds, count: Int(span / milliseconds) + 1)
  }

  /// The last instant in milliseconds.
  public var end: Int64 { self[count - 1] }

  /// The instant at `index`, in milliseconds.
  public subscript(index: Int) -> Int64 { start &+ step &* Int64(index) }
}

extension Timestamp {
  /// Whole milliseconds since the epoch, rounded down.
  public var milliseconds: Int64 {
    nanoseconds >= 0 ? nanoseconds / 1_000_000 : -((-nanoseconds + 999_999) / 1_000_000)
  }

  /// Makes an instant from milliseconds since the epoch; saturates outside the range.
  public init(milliseconds: Int64) {
    let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    self.init(nanoseconds: overflow ? (milliseconds < 0 ? .min : .max) : product)
  }
}
