/// A half-open interval of time: `start` belongs to it, `end` does not.
public struct TimeRange: Hashable, Sendable {
  /// The first instant.
  public let start: Timestamp
  /// The first instant after the interval; never before `start`.
  public let end: Timestamp

  /// Makes an interval; an `end` before `start` gives an empty interval at `start`.
  public init(start: Timestamp, end: Timestamp) {
    self.start = start
    self.end = max(start, end)
  }

  /// The length of the interval.
  public var length: TimeSpan { end - start }

  /// Whether no instant lies in the interval.
  public var isEmpty: Bool { start == end }

  /// Whether `instant` lies in the interval.
  public func contains(_ instant: Timestamp) -> Bool { start <= instant && instant < end }

  /// Whether the two intervals share an instant.
  public func overlaps(_ other: TimeRange) -> Bool { start < other.end && other.start < end }

  /// The instants of both intervals, or nil when they share none.
  public func intersection(_ other: TimeRange) -> TimeRange? {
    guard overlaps(other) else { return nil }
    return TimeRange(start: max(start, other.start), end: min(end, other.end))
  }

  /// The smallest interval that holds both.
  public func union(_ other: TimeRange) -> TimeRange {
    TimeRange(start: min(start, other.start), end: max(end, other.end))
  }
}
