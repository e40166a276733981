import JSONStream
import Telemetry

/// Collects the series of one entry of metrics, inside a window and in ascending time.
public struct SeriesSink: ExportSink {
  private let window: TimeRange
  private let step: TimeSpan?
  private let isWanted: (String) -> Bool
  private var labels: LabelSet?
  private var holdsHistograms = false
  private var times: [Int64] = []
  private var values: [Double] = []
  private var columns: [(labels: LabelSet, times: [Int64], values: [Double])] = []
  /// The series with native histograms, which are not read, in order of appearance.
  public private(set) var histogramSeries: [LabelSet] = []

  /// Makes an empty sink.
  ///
  /// - Parameters:
  ///   - window: Samples outside are left out; one at its end belongs to it.
  ///   - step: The grid's step, when it is known.
  ///   - isWanted: Whether a metric's series are kept.
  public init(window: TimeRange, step: TimeSpan?, isWanted: @escaping (String) -> Bool) {
    self.window = window
    self.step = step
    self.isWanted = isWanted
  }

  /// Starts a series.
  public mutating func beginSeries(labels: LabelSet) {
    self.labels = isWanted(labels.metricName ?? "") ? labels : nil
    holdsHistograms = false
    times.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// Adds a sample that is later than the one before.
  public mutating func sample(nanoseconds: Int64, value: Double, text: UnsafeRawBufferPointer) {
    guard labels != nil, nanoseconds >= window.start.nanoseconds,
      nanoseconds <= window.end.nanoseconds, nanoseconds > times.last ?? .min
    else { return }
    times.append(nanoseconds)
    values.append(value)
  }

  /// Remembers that the series holds histograms.
  public mutating func histogram(nanoseconds: Int64, json: UnsafeRawBufferPointer) {
    holdsHistograms = true
  }

  /// Keeps the series.
  public mutating func endSeries() {
    guard let labels else { return }
    if holdsHistograms { histogramSeries.append(labels) }
    guard !times.isEmpty else { return }
    // Copies of just the needed size: the buffers keep their room for the next series.
    columns.append((labels, Array(times[...]), Array(values[...])))
  }

  /// The series with samples; those of a grid share its step even when they have few samples.
  public func finish() -> [Series] {
    columns.map { column in
      let times =
        step.flatMap { SampleTimes(ascending: column.times, onGridOf: $0) }
        ?? SampleTimes(ascending: column.times)
      return Series(labels: column.labels, times: times, values: column.values)
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
