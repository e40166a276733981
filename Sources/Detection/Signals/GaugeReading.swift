import Replay
import Telemetry

/// The value of a gauge at every step: its newest sample, as long as that is fresh.
struct GaugeReading {
  /// The value at each step, or nil without a fresh sample; never NaN.
  let values: [Double?]

  init(_ series: Series, clock: ReplayClock) {
    let freshness = CounterReading.freshness(of: series.times, clock: clock)
    var values: [Double?] = Array(repeating: nil, count: clock.count)
    var sample = 0
    var newest: (time: Timestamp, value: Double)?
    for step in 0..<clock.count {
      let now = clock[step]
      while sample < series.count, series.times[sample] <= now {
        newest = (series.times[sample], series.values[sample])
        sample += 1
      }
      guard let newest, now - newest.time < freshness, !newest.value.isNaN else { continue }
      values[step] = newest.value
    }
    self.values = values
  }

  /// The mean of each step's own samples; the newest fresh sample where a step has none.
  init(averaging series: Series, clock: ReplayClock) {
    var values = GaugeReading(series, clock: clock).values
    var sums = Array(repeating: 0.0, count: clock.count)
    var counts = Array(repeating: 0.0, count: clock.count)
    for index in 0..<series.count where series.values[index].isFinite {
      let step = clock.index(seeing: series.times[index])
      guard step < clock.count, step > 0 || series.times[index] == clock.start else { continue }
      sums[step] += series.values[index]
      counts[step] += 1
    }
    for step in 0..<clock.count where counts[step] > 0 {
      values[step] = sums[step] / counts[step]
    }
    self.values = values
  }
}

/// A sample of a series, for detectors that look at every change.
struct SampleRun {
  /// Runs of samples for which `holds` is true; runs at most `gap` apart are one.
  ///
  /// Each is the time of its first and last sample, and the first sample after it, if any.
  static func runs(
    of series: Series, clock: ReplayClock, joining gap: TimeSpan, where holds: (Double) -> Bool
  ) -> [(first: Timestamp, last: Timestamp, over: Timestamp?)] {
    runs(of: series, clock: clock, where: holds).reduce(into: []) { joined, run in
      if let last = joined.last, run.first - last.last <= gap {
        joined[joined.count - 1] = (last.first, run.last, run.over)
      } else {
        joined.append(run)
      }
    }
  }

  private static func runs(
    of series: Series, clock: ReplayClock, where holds: (Double) -> Bool
  ) -> [(first: Timestamp, last: Timestamp, over: Timestamp?)] {
    let freshness = CounterReading.freshness(of: series.times, clock: clock)
    var runs: [(first: Timestamp, last: Timestamp, over: Timestamp?)] = []
    for index in 0..<series.count {
      let time = series.times[index]
      guard time <= clock.end else { break }
      let isOpen = runs.last.map { $0.over == nil } ?? false
      if holds(series.values[index]) {
        if isOpen, let last = runs.last?.last, time - last <= freshness {
          runs[runs.count - 1].last = time
        } else {
          if isOpen, let last = runs.last?.last { runs[runs.count - 1].over = last + freshness }
          runs.append((time, time, nil))
        }
      } else if isOpen {
        runs[runs.count - 1].over = time
      }
    }
    if let last = runs.last, last.over == nil, clock.end - last.last > freshness {
      runs[runs.count - 1].over = last.last + freshness
    }
    return runs
  }
}
