import PromQL

/// Only the series of a source of which a bundle holds scrapes with their own times.
///
/// What an expression gives over these and over all series alike does not rest on any grid.
struct ScrapedSeries: SeriesSource {
  /// All series.
  let base: any SeriesSource

  /// See `SeriesSource`. Instants of grids are whole seconds; scrapes never all are.
  func series(
    matching matchers: [LabelMatcher], from first: Int64, to last: Int64
  ) throws -> [SampleColumn] {
    try base.series(matching: matchers, from: first, to: last)
      .filter { column in column.times.contains { $0 % 1000 != 0 } }
  }
}
