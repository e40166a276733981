import ArgumentParser
import Canonical
import Telemetry

/// Reads instants and durations from flags.
enum TimeFlags {
  /// RFC 3339 or Unix seconds.
  static func instant(_ text: String) throws -> Timestamp {
    guard let instant = Canonical.timestamp(text) else {
      throw ValidationError("needs RFC 3339 such as 2026-03-01T10:05:00Z, or Unix seconds")
    }
    return instant
  }

  /// A Prometheus duration of a millisecond or more.
  static func span(_ text: String) throws -> TimeSpan {
    guard let span = Canonical.span(text), span >= TimeSpan(nanoseconds: 1_000_000) else {
      throw ValidationError("needs a duration such as 15s, 5m or 1h30m")
    }
    return span
  }
}
