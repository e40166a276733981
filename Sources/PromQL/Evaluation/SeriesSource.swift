import Telemetry

/// Where selectors find their samples.
public protocol SeriesSource: Sendable {
  /// The series that satisfy every matcher, sorted by labels, each with its samples in a range.
  ///
  /// A series without samples in the range may be left out. Samples outside the range may be given
  /// too; the engine cuts.
  ///
  /// - Parameters:
  ///   - first: The earliest time wanted, in milliseconds, included.
  ///   - last: The latest time wanted, in milliseconds, included.
  func series(
    matching matchers: [LabelMatcher], from first: Int64, to last: Int64
  ) throws -> [SampleColumn]
}

/// Series in memory.
public struct SeriesTable: SeriesSource {
  private let columns: [SampleColumn]

  /// Makes a table of series, no two with equal labels.
  public init(_ columns: [SampleColumn]) {
    self.columns = columns.sorted { $0.labels < $1.labels }
  }

  /// See `SeriesSource`.
  public func series(
    matching matchers: [LabelMatcher], from first: Int64, to last: Int64
  ) -> [SampleColumn] {
    columns.filter { column in matchers.allSatisfy { $0.isSatisfied(by: column.labels) } }
  }
}
