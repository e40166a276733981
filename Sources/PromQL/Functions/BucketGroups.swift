import Telemetry

/// The classic histograms of a vector: series that differ only in `le`.
struct BucketGroups {
  /// One histogram over all steps.
  struct Group {
    /// The labels of its first series, without `le`.
    let labels: LabelSet
    /// The buckets by ascending upper bound.
    fileprivate(set) var buckets: [(upperBound: Double, values: [Double])] = []
  }

  /// In order of their first series.
  private(set) var groups: [Group] = []

  /// Groups the series of a vector and warns about those whose `le` is no number.
  init(
    _ vector: [Column], warningAt position: SourceRange, _ annotations: inout Annotations
  ) {
    var table = SignatureTable()
    for column in vector.sorted(by: { $0.labels < $1.labels }) {
      let text = column.labels["le"] ?? ""
      guard let bound = Double(text), !bound.isNaN else {
        annotations.warnOfBucketLabel(
          text, metric: column.labels.metricName ?? "", at: position)
        continue
      }
      let number = table.number(of: column.labels) { !$0.hasSameBytes(as: "le") }
      if number == groups.count {
        groups.append(Group(labels: column.labels.filter { !$0.hasSameBytes(as: "le") }))
      }
      groups[number].buckets.append((bound, column.values))
    }
    for index in groups.indices {
      groups[index].buckets.sort { $0.upperBound < $1.upperBound }
    }
  }
}

extension BucketGroups.Group {
  /// Calls `body` for each step at which the histogram has buckets, with those buckets: ascending
  /// bounds, buckets of equal bounds made one.
  func forEachStep(_ body: (_ step: Int, _ buckets: inout [ClassicBucket]) -> Void) {
    guard let first = buckets.first else { return }
    var present: [ClassicBucket] = []
    present.reserveCapacity(buckets.count)
    for step in first.values.indices {
      present.removeAll(keepingCapacity: true)
      for (bound, values) in buckets where !values[step].isAbsent {
        if let last = present.last, last.upperBound == bound {
          present[present.count - 1].count += values[step]
        } else {
          present.append(ClassicBucket(upperBound: bound, count: values[step]))
        }
      }
      if !present.isEmpty { body(step, &present) }
    }
  }
}
