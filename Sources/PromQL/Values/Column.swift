import Telemetry

extension Double {
  /// The value of a step without a sample, and of a sample that marks its series as stale.
  ///
  /// It is Prometheus's staleness marker, a signalling NaN that no calculation returns. Ask
  /// `isAbsent`; arithmetic turns it into a common NaN, so test before calculating.
  ///
  /// - Source: prometheus/model/value/value.go, `StaleNaN`.
  public static let absent = Double(bitPattern: 0x7FF0_0000_0000_0002)

  /// Whether this is the marker `absent`; a common NaN is a value and is not absent.
  public var isAbsent: Bool { bitPattern == 0x7FF0_0000_0000_0002 }
}

/// One series of an expression's value: at most one value at each step of the query.
public struct Column: Sendable {
  /// The labels.
  public var labels: LabelSet
  /// One value for each step; `.absent` where there is none.
  public var values: [Double]
  /// Whether the metric's name still stands in `labels` but is to be dropped in the end.
  public var dropsName: Bool

  /// Makes a column.
  public init(labels: LabelSet, values: [Double], dropsName: Bool = false) {
    self.labels = labels
    self.values = values
    self.dropsName = dropsName
  }
}

/// Raw samples of one series, in ascending time.
public struct SampleColumn: Sendable {
  /// The labels.
  public var labels: LabelSet
  /// Milliseconds since the epoch, strictly ascending. Series of one grid share one array.
  public var times: [Int64]
  /// The values in order of `times`; `.absent` marks the series as stale from then on.
  public var values: [Double]
  /// Whether the series holds native histograms, which this version does not evaluate.
  public var holdsHistograms: Bool
  /// Whether the metric's name still stands in `labels` but is to be dropped in the end.
  public var dropsName: Bool

  /// Makes a column of samples.
  public init(
    labels: LabelSet, times: [Int64], values: [Double], holdsHistograms: Bool = false,
    dropsName: Bool = false
  ) {
    precondition(times.count == values.count, "BUG: \(times.count) times, \(values.count) values")
    self.labels = labels
    self.times = times
    self.values = values
    self.holdsHistograms = holdsHistograms
    self.dropsName = dropsName
  }
}
