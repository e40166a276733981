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

  /// The end of the window of a step.
  func end(ofStep step: Int) -> Int64 { fixedEnd ?? (grid[step] &- offset) }

  /// Calls `body` for every step at which the series has samples in the window, in order.
  ///
  /// - Parameter parameters: One array for each scalar argument, with a value for each step.
  func forEachWindow(
    of series: SampleColumn, parameters: [[Double]],
    _ body: (_ step: Int, _ window: RangeWindow) throws -> Void
  ) rethrows {
    fatalError("owner: evaluation")
  }
}
