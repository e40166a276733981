import BundleStore
import PromQL
import Telemetry

/// Series that were loaded already, such as those of a replay, as the source of queries.
///
/// Each label set must be there once. Holes of grids become absences as in `BundleSeriesSource`.
public struct LoadedSeriesSource: SeriesSource {
  /// A series and how it was sampled.
  public struct Item: Sendable {
    /// The samples.
    public let series: Series
    /// The step of the grid that it was read from; nil for samples with their own times.
    public let step: TimeSpan?

    /// Makes an item.
    public init(_ series: Series, step: TimeSpan?) {
      self.series = series
      self.step = step
    }
  }

  private let tables: [Label: [SampleColumn]]
  private let names: [Label]

  /// Makes a source.
  ///
  /// - Parameter span: The time that the series were loaded for, both ends included.
  public init(_ items: [Item], span: ClosedRange<Timestamp>) {
    var builder = ColumnBuilder()
    var tables: [Label: [SampleColumn]] = [:]
    for item in items.sorted(by: { $0.series.labels < $1.series.labels })
    where item.series.count > 0 {
      let copy = CoveredSeries(
        series: item.series, coverage: EntryCoverage(step: item.step, span: span))
      let name = Label(metric: item.series.labels.metricName ?? "")
      tables[name, default: []].append(builder.column(of: [copy]))
    }
    self.tables = tables
    names = tables.keys.sorted()
  }

  /// See `SeriesSource`.
  public func series(
    matching matchers: [LabelMatcher], from first: Int64, to last: Int64
  ) -> [SampleColumn] {
    if let name = matchers.fixedMetricName {
      return (tables[Label(metric: name)] ?? []).matching(
        matchers.filter { !$0.isOnName(equal: name) })
    }
    let onName = matchers.filter(\.isOnName)
    let found = names.filter { name in onName.allSatisfy { $0.isSatisfied(by: name.value) } }
    return found.flatMap { (tables[$0] ?? []).matching(matchers.filter { !$0.isOnName }) }
      .sorted { $0.labels < $1.labels }
  }
}
