/// What a stranger's log query may cost; beyond it an error says which limit it was.
public struct LogLimits: Hashable, Sendable {
  /// Steps of a metric query.
  public var steps = 100_000
  /// Series of one range aggregation.
  public var series = 100_000
  /// Counters held at a time: series times steps.
  public var points = 10_000_000
  /// Unwrapped values held at a time.
  public var values = 20_000_000
  /// Visits of values by overlapping windows.
  public var visits = 4_000_000_000
  /// Bytes of lines held for an answer of log lines.
  public var lineBytes = 512 << 20

  /// The usual limits.
  public init() {}
}
