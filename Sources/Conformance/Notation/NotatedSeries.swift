import Telemetry

/// One value of a series in the test language.
public enum NotatedValue: Sendable {
  /// A sample; `stale` is the marker `Double.absent`.
  case number(Double)
  /// `_`: no sample at this step.
  case omitted
  /// `{{…}}`: a native histogram, as it was written.
  case histogram(String)
}

/// A series in the test language: `metric{label="value"} 0+10x3 _ stale`.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
public struct NotatedSeries: Sendable {
  /// The labels, with the metric's name; empty values count as missing.
  public let labels: LabelSet
  /// One value for each step.
  public let values: [NotatedValue]

  /// Makes a series of its parts.
  init(labels: LabelSet, values: [NotatedValue]) {
    self.labels = labels
    self.values = values
  }

  /// Reads a series with its values.
  ///
  /// - Throws: `ConformanceError.notation`.
  public init(_ text: String) throws(ConformanceError) {
    var cursor = NotationCursor(text)
    labels = try cursor.labels()
    values = try cursor.values()
  }

  /// Reads a series without values, such as the labels of an expected sample.
  ///
  /// - Throws: `ConformanceError.notation`.
  public static func labels(_ text: String) throws(ConformanceError) -> LabelSet {
    var cursor = NotationCursor(text)
    let labels = try cursor.labels()
    cursor.skipSpaces()
    guard cursor.isAtEnd else { throw cursor.failure("expected nothing after the labels") }
    return labels
  }

  /// Whether any value is a native histogram.
  public var holdsHistograms: Bool {
    values.contains { if case .histogram = $0 { true } else { false } }
  }
}
