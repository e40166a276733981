import PromQL
import Telemetry

/// Keeps unwrapped values for each series, and reduces them for each step.
///
/// Sums are plain sums in order of time, as Loki makes them.
///
/// - Source: Loki 3, pkg/logql/range_vector.go.
struct RangeValues {
  private struct Samples {
    var times: [Int64] = []
    var values: [Double] = []
  }

  private var series: [Samples] = []
  private var count = 0
  private let steps: Int
  private let limits: LogLimits

  init(steps: Int, limits: LogLimits) {
    self.steps = steps
    self.limits = limits
  }

  /// Makes room for one more series.
  mutating func addSeries() throws(LogQueryError) {
    guard series.count < limits.series else { throw .budget(what: "series", limit: limits.series) }
    guard (series.count + 1) * steps <= limits.points else {
      throw .budget(what: "values (series times steps)", limit: limits.points)
    }
    series.append(Samples())
  }

  /// Adds a value; times of a series must ascend.
  mutating func add(_ number: Int, _ value: Double, at nanoseconds: Int64) throws(LogQueryError) {
    count += 1
    guard count <= limits.values else {
      throw .budget(what: "unwrapped values", limit: limits.values)
    }
    series[number].times.append(nanoseconds)
    series[number].values.append(value)
  }

  /// The values of a series at each step.
  ///
  /// - Parameter visits: How often values were visited so far, which is limited.
  func values(
    of number: Int, _ reduction: WindowReduction, windows: StepWindows, visits: inout Int
  ) throws(LogQueryError) -> [Double] {
    let samples = series[number]
    var results: [Double] = []
    results.reserveCapacity(steps)
    var start = 0
    var end = 0
    for step in 0..<steps {
      let last = windows.end(of: step)
      while end < samples.times.count, samples.times[end] <= last { end += 1 }
      while start < end, samples.times[start] <= last - windows.lengthInNanoseconds { start += 1 }
      visits += end - start
      guard visits <= limits.visits else {
        throw .budget(what: "visits of values by overlapping ranges", limit: limits.visits)
      }
      results.append(
        start == end
          ? .absent
          : reduction.value(of: samples.values[start..<end], at: samples.times[start..<end]))
    }
    return results
  }
}
