import PromQL
import Telemetry

/// Counts lines and bytes for each series and step: what `count_over_time`, `rate`, `bytes_…` and
/// `absent_over_time` need, in memory that does not depend on the number of lines.
struct RangeCounters {
  /// Changes of the counts from step to step.
  private var lines: [[Int64]] = []
  private var bytes: [[Int64]] = []
  private let steps: Int
  private let countsBytes: Bool
  private let limits: LogLimits

  init(steps: Int, countsBytes: Bool, limits: LogLimits) {
    self.steps = steps
    self.countsBytes = countsBytes
    self.limits = limits
  }

  /// Makes room for one more series.
  mutating func addSeries() throws(LogQueryError) {
    guard lines.count < limits.series else { throw .budget(what: "series", limit: limits.series) }
    let width = (steps + 1) * (countsBytes ? 2 : 1)
    guard (lines.count + 1) * width <= limits.points else {
      throw .budget(what: "counters (series times steps)", limit: limits.points)
    }
    lines.append([Int64](repeating: 0, count: steps + 1))
    bytes.append(countsBytes ? [Int64](repeating: 0, count: steps + 1) : [])
  }

  /// Adds a line of a series, seen by a range of steps.
  @inline(__always)
  mutating func add(_ series: Int, _ range: Range<Int>, size: Int) {
    lines[series][range.lowerBound] &+= 1
    lines[series][range.upperBound] &-= 1
    guard countsBytes else { return }
    bytes[series][range.lowerBound] &+= Int64(size)
    bytes[series][range.upperBound] &-= Int64(size)
  }

  /// The values of a series; `seconds` is the length of the range.
  func values(of series: Int, _ function: RangeFunction, seconds: Double) -> [Double] {
    var count: Int64 = 0
    var size: Int64 = 0
    return (0..<steps).map { step in
      count &+= lines[series][step]
      if countsBytes { size &+= bytes[series][step] }
      guard count > 0 else { return .absent }
      switch function {
      case .count: return Double(count)
      case .rate: return Double(count) / seconds
      case .bytes: return Double(size)
      case .bytesRate: return Double(size) / seconds
      default: return 1
      }
    }
  }
}
