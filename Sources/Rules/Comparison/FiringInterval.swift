import PromQL
import Telemetry

/// A time during which an alert was recorded as firing.
public struct FiringInterval: Hashable, Sendable {
  /// The alert's labels, `alertname` among them.
  public let labels: LabelSet
  /// The first recorded instant.
  public let start: Timestamp
  /// The first instant at which it was recorded as not firing; nil when it still was at the end.
  public let end: Timestamp?

  /// Makes an interval.
  public init(labels: LabelSet, start: Timestamp, end: Timestamp?) {
    self.labels = labels
    self.start = start
    self.end = end
  }

  /// The intervals in what a source holds of `ALERTS`, by start and labels.
  ///
  /// - Throws: What the source throws.
  public static func recorded(
    in source: any SeriesSource, from: Timestamp, to: Timestamp
  ) throws -> [FiringInterval] {
    let matchers = [
      LabelMatcher("__name__", equals: "ALERTS"), LabelMatcher("alertstate", equals: "firing"),
    ]
    let columns = try source.series(
      matching: matchers, from: from.milliseconds, to: to.milliseconds)
    return columns.flatMap { intervals(of: $0, to: to) }.sorted { left, right in
      left.start == right.start ? left.labels < right.labels : left.start < right.start
    }
  }

  private static func intervals(of column: SampleColumn, to end: Timestamp) -> [FiringInterval] {
    let labels = column.labels.filter { name in
      !name.hasSameBytes(as: "__name__") && !name.hasSameBytes(as: "alertstate")
    }
    var intervals: [FiringInterval] = []
    var start: Timestamp?
    for (time, value) in zip(column.times, column.values) where time <= end.milliseconds {
      let instant = Timestamp(milliseconds: time)
      if value.isAbsent {
        if let start {
          intervals.append(FiringInterval(labels: labels, start: start, end: instant))
        }
        start = nil
      } else if start == nil {
        start = instant
      }
    }
    if let start { intervals.append(FiringInterval(labels: labels, start: start, end: nil)) }
    return intervals
  }
}
