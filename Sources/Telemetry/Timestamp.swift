/// An instant in nanoseconds since the Unix epoch, UTC.
///
/// The range is that of `Int64`: 1677 to 2262. Leap seconds are not counted, as in Unix time.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since 1970-01-01T00:00:00Z; negative before it.
  public let nanoseconds: Int64

  /// Makes an instant from nanoseconds since the epoch.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// Makes an instant from whole seconds since the epoch; saturates outside the range.
  public init(seconds: Int64) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    nanoseconds = overflow ? (seconds < 0 ? .min : .max) : product
  }

  /// Seconds since the epoch; loses digits below about 100 ns, so for arithmetic on rates only.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Earlier instants sort first.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The instant `span` later; saturates at the ends of the range.
  public static func + (instant: Timestamp, span: TimeSpan) -> Timestamp {
    let (sum, overflow) = instant.nanoseconds.addingReportingOverflow(span.nanoseconds)
    return Timestamp(nanoseconds: overflow ? (span.nanoseconds < 0 ? .min : .max) : sum)
  }

  /// The instant `span` earlier; saturates at the ends of the range.
  public static func - (instant: Timestamp, span: TimeSpan) -> Timestamp {
    let (difference, overflow) = instant.nanoseconds.subtractingReportingOverflow(span.nanoseconds)
    return Timestamp(nanoseconds: overflow ? (span.nanoseconds < 0 ? .max : .min) : difference)
  }

  /// The span from `right` to `left`; saturates.
  public static func - (left: Timestamp, right: Timestamp) -> TimeSpan {
    let (difference, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
    return TimeSpan(nanoseconds: overflow ? (left < right ? .min : .max) : difference)
  }
}

/// A length of time in nanoseconds.
public struct TimeSpan: Hashable, Comparable, Sendable {
  /// Nanoseconds; negative when it points backward.
  public let nanoseconds: Int64

  /// Makes a span from nanoseconds.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// No time at all.
  public static let zero = TimeSpan(nanoseconds: 0)

  /// A span of whole seconds.
  public static func seconds(_ count: Int64) -> TimeSpan {
    TimeSpan(nanoseconds: Timestamp(seconds: count).nanoseconds)
  }

  /// A span of whole minutes.
  public static func minutes(_ count: Int64) -> TimeSpan { seconds(count &* 60) }

  /// The span in seconds.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Shorter spans sort first.
  public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}
