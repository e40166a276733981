import PromQL
import Telemetry

/// What a rule can see: the recorded series and what other rules have written.
struct LayeredSource: SeriesSource {
  /// What was recorded.
  let base: any SeriesSource
  /// Metrics of the base that the rules write anew.
  let hiddenMetrics: Set<String>
  /// The series of other rules, and the last time of each that is there already.
  let layers: [(columns: [SampleColumn], horizon: Int64)]
  /// The last time of the base that is there already, in milliseconds.
  let horizon: Int64

  func series(
    matching matchers: [LabelMatcher], from first: Int64, to last: Int64
  ) throws -> [SampleColumn] {
    var found = try base.series(matching: matchers, from: first, to: min(last, horizon))
      .filter { !hiddenMetrics.contains($0.labels.metricName ?? "") }
      .map { $0.cut(after: horizon) }
    var isLayered = false
    for layer in layers {
      for column in layer.columns
      where matchers.allSatisfy({ $0.isSatisfied(by: column.labels) }) {
        found.append(column.cut(after: layer.horizon))
        isLayered = true
      }
    }
    return isLayered ? Self.joined(found) : found
  }

  /// The columns sorted by labels; of two with equal labels, the samples of the later come into
  /// the earlier where it has none.
  private static func joined(_ columns: [SampleColumn]) -> [SampleColumn] {
    let sorted = columns.enumerated().sorted { left, right in
      left.element.labels == right.element.labels
        ? left.offset < right.offset : left.element.labels < right.element.labels
    }.map(\.element)
    var joined: [SampleColumn] = []
    for column in sorted {
      if let last = joined.last, last.labels == column.labels {
        joined[joined.count - 1] = last.merged(with: column)
      } else {
        joined.append(column)
      }
    }
    return joined
  }
}

extension SampleColumn {
  /// The samples up to and at `time`.
  fileprivate func cut(after time: Int64) -> SampleColumn {
    guard let last = times.last, last > time else { return self }
    let count = times.firstIndex { $0 > time } ?? times.count
    return SampleColumn(
      labels: labels, times: Array(times[..<count]), values: Array(values[..<count]),
      holdsHistograms: holdsHistograms, dropsName: dropsName)
  }

  /// The samples of both in order of time; at a time of both, this one's.
  fileprivate func merged(with other: SampleColumn) -> SampleColumn {
    let own = Set(times)
    let samples =
      zip(times, values).map { ($0, $1) }
      + zip(other.times, other.values).filter { !own.contains($0.0) }.map { ($0, $1) }
    let sorted = samples.sorted { $0.0 < $1.0 }
    return SampleColumn(
      labels: labels, times: sorted.map(\.0), values: sorted.map(\.1),
      holdsHistograms: holdsHistograms || other.holdsHistograms, dropsName: dropsName)
  }
}
