import PromQL
import Telemetry

/// The storage of a script: what its `load` statements have written since the last `clear`.
public struct LoadedSeries: Sendable {
  private var columns: [LabelSet: SampleColumn] = [:]
  /// Whether start timestamps were loaded, which the samples of our engine do not have.
  public var hasStartTimestamps = false

  /// An empty storage.
  public init() {}

  /// Adds a series whose first value stands at `start` and the others `step` apart.
  ///
  /// Samples at times that the series has already are not overwritten.
  public mutating func add(
    _ series: NotatedSeries, from start: Int64 = 0, step milliseconds: Int64
  ) {
    var samples: [Int64: Double] = [:]
    var holdsHistograms = series.holdsHistograms
    for (index, value) in series.values.enumerated() {
      let time = start + Int64(index) * milliseconds
      switch value {
      case .number(let number): samples[time] = number
      case .histogram: samples[time] = 0
      case .omitted: break
      }
    }
    if let known = columns[series.labels] {
      holdsHistograms = holdsHistograms || known.holdsHistograms
      samples.merge(zip(known.times, known.values)) { _, earlier in earlier }
    }
    let times = samples.keys.sorted()
    columns[series.labels] = SampleColumn(
      labels: series.labels, times: times, values: times.map { samples[$0] ?? .absent },
      holdsHistograms: holdsHistograms)
  }

  /// Adds for each classic histogram among `series` the native one that `load_with_nhcb` makes of
  /// it: the name without `_bucket`, `_count` or `_sum`, and no label `le`.
  public mutating func addCustomHistograms(
    of series: [NotatedSeries], from start: Int64 = 0, step milliseconds: Int64
  ) {
    for one in series {
      guard let name = one.labels.metricName else { continue }
      let suffixes = ["_bucket", "_count", "_sum"]
      guard let suffix = suffixes.first(where: { name.hasSuffix($0) }) else { continue }
      let rest = one.labels.filter { $0 != "le" && $0 != "__name__" }.labels
      let base = Label(name: "__name__", value: String(name.dropLast(suffix.count)))
      add(
        NotatedSeries(histogramsFor: one, labels: LabelSet(rest + [base])), from: start,
        step: milliseconds)
    }
  }

  /// Everything, for an engine.
  public var table: SeriesTable {
    SeriesTable(columns.values.sorted { $0.labels < $1.labels })
  }
}

extension NotatedSeries {
  /// A series with a histogram at every step at which `series` has a sample.
  fileprivate init(histogramsFor series: NotatedSeries, labels: LabelSet) {
    self.init(
      labels: labels,
      values: series.values.map { value in
        if case .omitted = value { value } else { .histogram("") }
      })
  }
}
