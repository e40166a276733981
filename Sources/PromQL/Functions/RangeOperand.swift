import Telemetry

/// A range vector over all steps: raw samples, and how each step cuts its window from them.
struct RangeOperand: Sendable {
  /// The series, sorted by labels, with stale markers taken out.
  let series: [SampleColumn]
  /// The steps of the query.
  let grid: QueryGrid
  /// The length of a window in milliseconds.
  let length: Int64
  /// How far before its step a window ends, in milliseconds; negative looks forward.
  let offset: Int64
  /// Where every window ends, in milliseconds, when `@` fixes it; `offset` is already in it.
  let fixedEnd: Int64?
  /// Whether a sample exactly at a window's start belongs to it.
  let boundary: RangeBoundary
  /// Whether functions also look at samples next to the range.
  var modifier: RangeModifier?
  /// How far samples before the range belong to its window, in milliseconds.
  var reachBefore: Int64 = 0
  /// How far samples after the range belong to its window, in milliseconds.
  var reachAfter: Int64 = 0

  /// The end of the window of a step.
  func end(ofStep step: Int) -> Int64 { fixedEnd ?? (grid[step] &- offset) }

  /// Calls `body` for every step at which the series has samples in the window, in order.
  ///
  /// - Parameter parameters: One array for each scalar argument, with a value for each step.
  @inline(__always)
  func forEachWindow(
    of series: SampleColumn, parameters: [[Double]],
    _ body: (_ step: Int, _ window: RangeWindow) throws -> Void
  ) rethrows {
    try withUnsafeTemporaryAllocation(of: Double.self, capacity: parameters.count) { scalars in
      scalars.initialize(repeating: 0)
      try series.times.withUnsafeBufferPointer { times in
        try series.values.withUnsafeBufferPointer { values in
          var cursor = WindowCursor(times: times, boundary: boundary)
          let falls = Self.falls(in: values)
          for step in 0..<grid.count {
            let end = end(ofStep: step)
            let range = cursor.indices(
              from: end &- length &- reachBefore, to: end &+ reachAfter)
            if range.isEmpty { continue }
            for index in parameters.indices { scalars[index] = parameters[index][step] }
            try body(
              step,
              RangeWindow(
                times: UnsafeBufferPointer(rebasing: times[range]),
                values: UnsafeBufferPointer(rebasing: values[range]),
                start: end &- length, end: end, evaluatedAt: grid[step],
                parameters: UnsafeBufferPointer(scalars),
                falls: Int(falls[range.upperBound - 1] &- falls[range.lowerBound])))
          }
        }
      }
    }
  }

  /// For each value, how many up to it are less than the one before them, so that a window knows
  /// without looking whether a counter was reset in it.
  private static func falls(in values: UnsafeBufferPointer<Double>) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: values.count) { falls, count in
      var total: Int32 = 0
      for index in values.indices {
        if index > 0 && values[index] < values[index - 1] { total &+= 1 }
        falls[index] = total
      }
      count = values.count
    }
  }
}

/// Two indices that slide over the times of a series as windows move forward.
private struct WindowCursor {
  private let times: UnsafeBufferPointer<Int64>
  private let boundary: RangeBoundary
  private var low = 0
  private var high = 0

  init(times: UnsafeBufferPointer<Int64>, boundary: RangeBoundary) {
    self.times = times
    self.boundary = boundary
  }

  /// The samples of a window that neither starts nor ends before the one asked for last.
  @inline(__always)
  mutating func indices(from start: Int64, to end: Int64) -> Range<Int> {
    let first = boundary == .leftOpen ? start &+ 1 : start
    while low < times.count && times[low] < first { low += 1 }
    high = max(high, low)
    while high < times.count && times[high] <= end { high += 1 }
    return low..<high
  }
}
