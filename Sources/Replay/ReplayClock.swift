import Telemetry

/// The steps of a replay: the window's start, then one every `step`, the last at the end.
///
/// Step `i` sees data at or before its own time; a fact at time t is first seen by the first step
/// that is not before t.
public struct ReplayClock: Hashable, Sendable {
  /// The first step.
  public let start: Timestamp
  /// The last step.
  public let end: Timestamp
  /// The time between steps; the last one may be shorter.
  public let step: TimeSpan
  /// The number of steps, at least 1.
  public let count: Int

  /// Makes a clock; `step` must be positive, and an `end` before `start` gives one step at `start`.
  public init(start: Timestamp, end: Timestamp, step: TimeSpan) {
    precondition(step > .zero, "BUG: a replay needs a positive step")
    self.start = start
    self.end = max(start, end)
    self.step = step
    let span = (self.end - start).nanoseconds
    count = Int(span / step.nanoseconds) + 1 + (span % step.nanoseconds == 0 ? 0 : 1)
  }

  /// The time of the step at `index`, which must be in `0..<count`.
  public subscript(index: Int) -> Timestamp {
    index == count - 1
      ? end : Timestamp(nanoseconds: start.nanoseconds + Int64(index) * step.nanoseconds)
  }

  /// The first step that sees a fact at `instant`: 0 for what is before the window, `count` for
  /// what is after its end.
  public func index(seeing instant: Timestamp) -> Int {
    if instant <= start { return 0 }
    if instant > end { return count }
    let offset = (instant - start).nanoseconds
    let whole = offset / step.nanoseconds
    return min(Int(whole) + (offset % step.nanoseconds == 0 ? 0 : 1), count - 1)
  }

  /// How many steps a span of time covers, at least 1.
  public func steps(in span: TimeSpan) -> Int {
    max(1, Int((span.nanoseconds + step.nanoseconds - 1) / step.nanoseconds))
  }
}

extension Observations {
  /// The steps of the replay.
  public var clock: ReplayClock { ReplayClock(start: window.start, end: end, step: step) }
}
