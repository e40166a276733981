import PromQL
import Telemetry

extension LogEngine {
  /// The order of log lines.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// The latest lines, the last first.
    case backward
    /// The earliest lines, the first first.
    case forward
  }

  /// The lines of a log query.
  ///
  /// - Parameters:
  ///   - first: The earliest instant, included.
  ///   - end: The first instant behind the time that is asked for.
  ///   - limit: How many lines are wanted at most, positive.
  /// - Throws: `LogQueryError`, or what the source throws.
  public func lines(
    of selector: LogSelector, from first: Timestamp, to end: Timestamp, limit: Int,
    direction: Direction
  ) throws -> LogLines {
    let search = try LineSearch(
      selector, streams: source.streams, limit: limit, direction: direction, limits: limits)
    let wanted = source.segments.indices.filter { index in
      source.segments[index].last >= first.nanoseconds
        && source.segments[index].first < end.nanoseconds
    }
    for index in direction == .forward ? wanted : wanted.reversed() {
      try source.read(segment: index) { entry in
        guard entry.nanoseconds < end.nanoseconds else { return false }
        guard entry.nanoseconds >= first.nanoseconds else { return true }
        return try search.add(entry)
      }
      try search.endSegment()
      if search.isFull { break }
    }
    return LogLines(lines: search.found, statistics: search.statistics)
  }
}

/// The answer to a log query.
public struct LogLines: Sendable {
  /// The lines in the order that was asked for.
  public let lines: [FoundLine]
  /// What was read for them.
  public let statistics: LogStatistics
}

/// A line that a log query found.
public struct FoundLine: Sendable {
  /// Nanoseconds since the epoch.
  public let nanoseconds: Int64
  /// The labels: those of the stream, the structured metadata, and what parsers found.
  public let labels: LabelSet
  /// The line as the stages left it: UTF-8.
  public let line: [UInt8]
}
