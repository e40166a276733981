import BundleStore
import Telemetry

/// Joins series of one label set that a bundle holds more than once.
enum SeriesChoice {
  /// Each label set once, sorted by labels. First stands the copy that covers the most time, of
  /// equals one with a grid, then the first path; the others add what lies outside it. So chunks
  /// of one series become one, and a metric that is there as a grid and as raw samples never
  /// counts twice.
  static func withoutDuplicates(_ series: [RecordedSeries]) -> [RecordedSeries] {
    let sorted = series.sorted(by: precedes)
    var chosen: [RecordedSeries] = []
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].series.labels == sorted[start].series.labels {
        end += 1
      }
      let copies = sorted[start..<end].compactMap { SeriesCopy($0.series) }
      chosen.append(
        copies.count < 2
          ? sorted[start]
          : RecordedSeries(series: SeriesJoin.joined(copies), path: sorted[start].path))
      start = end
    }
    return chosen
  }

  private static func precedes(_ left: RecordedSeries, _ right: RecordedSeries) -> Bool {
    if left.series.labels != right.series.labels {
      return left.series.labels < right.series.labels
    }
    let spans = (left.series.times.span, right.series.times.span)
    if spans.0 != spans.1 { return spans.0 > spans.1 }
    let grids = (left.series.times.isGrid, right.series.times.isGrid)
    return grids.0 == grids.1 ? left.path.precedesInBytes(right.path) : grids.0
  }
}

extension SampleTimes {
  /// The time between the first and the last sample.
  fileprivate var span: TimeSpan { count == 0 ? .zero : self[count - 1] - self[0] }

  fileprivate var isGrid: Bool {
    if case .explicit = self { false } else { true }
  }
}
