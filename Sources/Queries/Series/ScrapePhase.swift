import Telemetry

/// Finds how long before the instants of a grid a series was scraped.
///
/// An instant of a grid holds the latest scrape before it, and a target is scraped at the same
/// time of every interval. Where a bundle holds the scrapes themselves for part of the time, that
/// tells when the others happened, so that no window sees samples of two phases.
enum ScrapePhase {
  /// How far apart the distances of two scrapes may be: a scrape is a few milliseconds off.
  static let tolerance = TimeSpan(nanoseconds: 50_000_000)

  /// The time from a scrape to the instant of the grid that shows it, in 0..<step; nil when no
  /// instant of the grid has a scrape beside it, or when they do not agree.
  static func lag(of grid: CoveredSeries, behind samples: [CoveredSeries]) -> TimeSpan? {
    guard let step = grid.coverage.step else { return nil }
    var lags: [Int64] = []
    for copy in samples where copy.coverage.step == nil && copy.series.count > 1 {
      let (scrapes, instants) = (copy.series, grid.series)
      var scrape = 0
      var index = instants.times.firstIndex(notBefore: scrapes.times[0])
      while index < instants.count, instants.times[index] <= scrapes.times[scrapes.count - 1] {
        let instant = instants.times[index]
        while scrape + 1 < scrapes.count, scrapes.times[scrape + 1] <= instant { scrape += 1 }
        let lag = instant - scrapes.times[scrape]
        if lag < step {
          guard instants.values[index].bitPattern == scrapes.values[scrape].bitPattern else {
            return nil
          }
          lags.append(lag.nanoseconds)
        }
        index += 1
      }
    }
    lags.sort()
    guard let least = lags.first, let most = lags.last, most - least <= tolerance.nanoseconds
    else { return nil }
    return TimeSpan(nanoseconds: lags[lags.count / 2])
  }
}

extension CoveredSeries {
  /// The same samples, all earlier by `lag`.
  func moved(back lag: TimeSpan) -> CoveredSeries {
    let times: SampleTimes =
      switch series.times {
      case .grid(let start, let step, let count):
        .grid(start: start - lag, step: step, count: count)
      case .sparse(let start, let step, let slots):
        .sparse(start: start - lag, step: step, slots: slots)
      case .explicit(let instants): .explicit(instants.map { $0 - lag })
      }
    return CoveredSeries(
      series: Series(labels: series.labels, times: times, values: series.values),
      coverage: coverage)
  }
}
