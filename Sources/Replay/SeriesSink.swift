import JSONStream
import Telemetry

/// Collects the series of one matrix, inside the window and in ascending time.
struct SeriesSink: ExportSink {
  private let path: String
  private let window: TimeRange
  private let step: TimeSpan?
  private let isWanted: (String) -> Bool
  private var labels: LabelSet?
  private var times: [Int64] = []
  private var values: [Double] = []
  private var columns: [(labels: LabelSet, times: [Int64], values: [Double])] = []

  /// - Parameters:
  ///   - window: Samples outside are left out; one at its end belongs to it.
  ///   - step: The grid's step, when it is known.
  ///   - isWanted: Whether a metric's series are kept.
  init(
    path: String, window: TimeRange, step: TimeSpan?, isWanted: @escaping (String) -> Bool
  ) {
    self.path = path
    self.window = window
    self.step = step
    self.isWanted = isWanted
  }

  mutating func beginSeries(labels: LabelSet) {
    self.labels = isWanted(labels.metricName ?? "") ? labels : nil
    times.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  mutating func sample(nanoseconds: Int64, value: Double, text: UnsafeRawBufferPointer) {
    guard labels != nil, nanoseconds >= window.start.nanoseconds,
      nanoseconds <= window.end.nanoseconds, nanoseconds > times.last ?? .min
    else { return }
    times.append(nanoseconds)
    values.append(value)
  }

  mutating func endSeries() {
    guard let labels, !times.isEmpty else { return }
    // Copies of just the needed size: the buffers keep their room for the next series.
    columns.append((labels, Array(times[...]), Array(values[...])))
  }

  /// The series; those of a grid share its step even when they have few samples.
  func finish() -> [RecordedSeries] {
    columns.map { column in
      let times =
        step.flatMap { SampleTimes(ascending: column.times, onGridOf: $0) }
        ?? SampleTimes(ascending: column.times)
      return RecordedSeries(
        series: Series(labels: column.labels, times: times, values: column.values), path: path)
    }
  }
}

extension SampleTimes {
  /// The smallest form of ascending instants that all lie on a grid of `step`; nil when they do
  /// not.
  init?(ascending nanoseconds: [Int64], onGridOf step: TimeSpan) {
    guard let first = nanoseconds.first, let last = nanoseconds.last, step > .zero,
      !last.subtractingReportingOverflow(first).overflow,
      nanoseconds.allSatisfy({ ($0 - first) % step.nanoseconds == 0 }),
      let slots = Int32(exactly: (last - first) / step.nanoseconds)
    else { return nil }
    let start = Timestamp(nanoseconds: first)
    if Int(slots) + 1 == nanoseconds.count {
      self = .grid(start: start, step: step, count: nanoseconds.count)
    } else {
      let slots = nanoseconds.map { Int32(truncatingIfNeeded: ($0 - first) / step.nanoseconds) }
      self = .sparse(start: start, step: step, slots: slots)
    }
  }
}

/// Joins series of one label set that a bundle holds more than once.
enum SeriesChoice {
  /// Each label set once, sorted by labels. First stands the copy that covers the most time, of
  /// equals one with a grid, then the first path; the others add what lies before its first or
  /// after its last sample. So chunks of one series become one, and a metric that is there as a
  /// grid and as raw samples never counts twice: samples of two phases are not mixed.
  static func withoutDuplicates(_ series: [RecordedSeries]) -> [RecordedSeries] {
    let sorted = series.sorted { left, right in
      if left.series.labels != right.series.labels {
        return left.series.labels < right.series.labels
      }
      let spans = (left.series.times.span, right.series.times.span)
      if spans.0 != spans.1 { return spans.0 > spans.1 }
      let grids = (left.series.times.isGrid, right.series.times.isGrid)
      return grids.0 == grids.1 ? left.path.precedesInBytes(right.path) : grids.0
    }
    return sorted.reduce(into: []) { kept, next in
      if let last = kept.last, last.series.labels == next.series.labels {
        kept[kept.count - 1] = RecordedSeries(
          series: last.series.extended(by: next.series), path: last.path)
      } else {
        kept.append(next)
      }
    }
  }
}

extension Series {
  /// The series with the samples of `other` that lie before its first or after its last.
  fileprivate func extended(by other: Series) -> Series {
    guard count > 0, other.count > 0 else { return count > 0 ? self : other }
    let before = 0..<other.times.firstIndex(notBefore: times[0])
    let after =
      other.times.firstIndex(notBefore: times[count - 1] + TimeSpan(nanoseconds: 1))..<other.count
    guard !before.isEmpty || !after.isEmpty else { return self }
    func instants(_ times: SampleTimes, _ range: Range<Int>) -> [Int64] {
      range.map { times[$0].nanoseconds }
    }
    let joined =
      instants(other.times, before) + instants(times, 0..<count) + instants(other.times, after)
    return Series(
      labels: labels, times: SampleTimes(ascending: joined),
      values: other.values[before] + values + other.values[after])
  }
}

extension SampleTimes {
  /// The time between the first and the last sample.
  fileprivate var span: TimeSpan { count == 0 ? .zero : self[count - 1] - self[0] }

  fileprivate var isGrid: Bool {
    if case .explicit = self { false } else { true }
  }
}
