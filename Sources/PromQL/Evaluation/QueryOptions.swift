import Telemetry

/// How a server of a certain version and with certain flags evaluates.
public struct QueryOptions: Hashable, Sendable {
  /// How far back an instant selector looks for a sample (`--query.lookback-delta`).
  public var lookback: TimeSpan = .minutes(5)
  /// Which ends belong to a range: `selector[5m]` at t.
  public var rangeBoundary: RangeBoundary = .leftOpen
  /// The inner step of a subquery that names none (the global evaluation interval).
  public var defaultSubqueryStep: TimeSpan = .minutes(1)
  /// Whether names are dropped at the very end, Prometheus's feature
  /// `promql-delayed-name-removal`.
  public var delaysNameRemoval = false
  /// What a query may cost.
  public var limits = QueryLimits()

  /// The options of Prometheus 3 without flags.
  public init() {}
}

/// Which ends belong to a range or to the lookback.
public enum RangeBoundary: Hashable, Sendable {
  /// `(t - d, t]`, Prometheus 3.
  case leftOpen
  /// `[t - d, t]`, Prometheus 2.
  case leftClosed
}

/// What a stranger's query may cost; beyond it an error says which limit it was.
public struct QueryLimits: Hashable, Sendable {
  /// Steps of one query or subquery. Prometheus allows 11,000 points in a range query.
  public var steps = 100_000
  /// Samples and values held at a time by one query.
  public var samples = 50_000_000
  /// Samples read by all ranges of one query, each as often as a range covers it.
  public var visits = 2_000_000_000
  /// UTF-8 bytes of a label's value that a function makes.
  public var labelBytes = 100_000
  /// Values in the result.
  public var points = 10_000_000

  /// The usual limits.
  public init() {}
}
