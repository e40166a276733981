import Telemetry

/// One copy of a series, as one entry of a bundle holds it.
public struct SeriesCopy: Sendable {
  /// The samples.
  public let series: Series
  /// The time for which the copy speaks, both ends included: its samples lie in it, and where it
  /// has none the series had none.
  public let span: ClosedRange<Timestamp>

  /// Makes a copy that speaks for `span` and at least for the time from its first to its last
  /// sample, or only for that; nil without samples.
  public init?(_ series: Series, span: ClosedRange<Timestamp>? = nil) {
    guard series.count > 0 else { return nil }
    let (first, last) = (series.times[0], series.times[series.count - 1])
    self.series = series
    self.span = min(first, span?.lowerBound ?? first)...max(last, span?.upperBound ?? last)
  }
}

/// Joins copies of one series that a bundle holds more than once: chunks, and the same metric as a
/// grid and as raw samples.
public enum SeriesJoin {
  /// One series of all copies, at least one, in order of preference: each copy adds its samples
  /// outside the spans of those before it. So chunks become one series, and samples of two phases
  /// are never mixed, which would count increases twice.
  public static func joined(_ copies: [SeriesCopy]) -> Series {
    guard let first = copies.first else { preconditionFailure("BUG: no copy to join") }
    var covered = [first.span]
    var runs = [Run(series: first.series, indices: 0..<first.series.count)]
    for copy in copies.dropFirst() {
      runs += Self.runs(of: copy.series, outside: covered)
      covered = united(covered, copy.span)
    }
    guard runs.count > 1 else { return first.series }
    runs.sort { $0.start < $1.start }
    return Series(
      labels: first.series.labels,
      times: SampleTimes(ascending: runs.flatMap(\.instants)),
      values: runs.flatMap { $0.series.values[$0.indices] })
  }

  /// Consecutive samples of one copy.
  private struct Run {
    let series: Series
    let indices: Range<Int>

    var start: Timestamp { series.times[indices.lowerBound] }
    var instants: [Int64] { indices.map { series.times[$0].nanoseconds } }
  }

  /// The samples outside `covered`, which is ascending and disjoint.
  private static func runs(of series: Series, outside covered: [ClosedRange<Timestamp>]) -> [Run] {
    var runs: [Run] = []
    var next = 0
    for span in covered {
      let end = series.times.firstIndex(notBefore: span.lowerBound)
      if next < end { runs.append(Run(series: series, indices: next..<end)) }
      let after = series.times.firstIndex(notBefore: span.upperBound + TimeSpan(nanoseconds: 1))
      next = max(next, after)
    }
    if next < series.count { runs.append(Run(series: series, indices: next..<series.count)) }
    return runs
  }

  /// `spans` and one more, ascending and disjoint.
  private static func united(
    _ spans: [ClosedRange<Timestamp>], _ span: ClosedRange<Timestamp>
  ) -> [ClosedRange<Timestamp>] {
    let touching = spans.filter { $0.overlaps(span) }
    let lower = touching.map(\.lowerBound).reduce(span.lowerBound, min)
    let upper = touching.map(\.upperBound).reduce(span.upperBound, max)
    return (spans.filter { !$0.overlaps(span) } + [lower...upper])
      .sorted { $0.lowerBound < $1.lowerBound }
  }
}
