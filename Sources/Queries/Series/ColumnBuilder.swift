import BundleStore
import PromQL
import Telemetry

/// One copy of a series with what is known of its times.
struct CoveredSeries: Sendable {
  /// The samples.
  let series: Series
  /// How they lie in time.
  let coverage: EntryCoverage

  /// Copies of one series in order of preference: samples with their own times before grids, a
  /// finer grid before a coarser one, then the longer span. A unique key must follow.
  static func isPreferred(_ left: CoveredSeries, over right: CoveredSeries) -> Bool? {
    let steps = (left.coverage.step ?? .zero, right.coverage.step ?? .zero)
    if steps.0 != steps.1 { return steps.0 < steps.1 }
    let lengths = (left.length, right.length)
    return lengths.0 == lengths.1 ? nil : lengths.0 > lengths.1
  }

  private var length: TimeSpan {
    series.count == 0 ? .zero : series.times[series.count - 1] - series.times[0]
  }
}

/// Makes columns of samples from the copies of series; those of one grid share their times.
struct ColumnBuilder {
  private var sharedTimes: [GridKey: [Int64]] = [:]

  private struct GridKey: Hashable {
    let start: Timestamp
    let step: TimeSpan
    let count: Int
  }

  /// The column of the copies of one series, in order of preference, at least one.
  ///
  /// Where a grid stops giving values although it goes on, the column gets a stale marker at the
  /// first instant without one. Beside samples with their own times, a grid's stand at the times
  /// of the scrapes, as far as those are known.
  mutating func column(of copies: [CoveredSeries]) -> SampleColumn {
    let placed =
      copies.count < 2
      ? copies
      : copies.map { copy in
        ScrapePhase.lag(of: copy, behind: copies).map(copy.moved(back:)) ?? copy
      }
    let joined = SeriesJoin.joined(
      placed.compactMap { SeriesCopy($0.series, span: $0.coverage.span) })
    let times = milliseconds(joined.times)
    let marks = copies.flatMap { AbsenceMarks.milliseconds(in: $0) }
    guard !marks.isEmpty else {
      return SampleColumn(labels: joined.labels, times: times, values: joined.values)
    }
    return Self.marked(joined.labels, times, joined.values, at: marks.sorted())
  }

  /// Milliseconds of ascending instants.
  private mutating func milliseconds(_ times: SampleTimes) -> [Int64] {
    guard case .grid(let start, let step, let count) = times else {
      return (0..<times.count).map { times[$0].milliseconds }
    }
    let key = GridKey(start: start, step: step, count: count)
    if let shared = sharedTimes[key] { return shared }
    let expanded = (0..<count).map { times[$0].milliseconds }
    sharedTimes[key] = expanded
    return expanded
  }

  /// The samples with stale markers at `marks`, ascending; a sample at the same time wins.
  private static func marked(
    _ labels: LabelSet, _ times: [Int64], _ values: [Double], at marks: [Int64]
  ) -> SampleColumn {
    var (allTimes, allValues): ([Int64], [Double]) = ([], [])
    allTimes.reserveCapacity(times.count + marks.count)
    allValues.reserveCapacity(times.count + marks.count)
    var index = 0
    for mark in marks {
      while index < times.count, times[index] <= mark {
        allTimes.append(times[index])
        allValues.append(values[index])
        index += 1
      }
      guard allTimes.last != mark else { continue }
      allTimes.append(mark)
      allValues.append(.absent)
    }
    allTimes.append(contentsOf: times[index...])
    allValues.append(contentsOf: values[index...])
    return SampleColumn(labels: labels, times: allTimes, values: allValues)
  }
}
