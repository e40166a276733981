/// Answers of plain selectors: raw metrics, in `metrics/`.
///
/// One entry a query, as a matrix with sorted series, exact times and the server's own values. A
/// selector that repeats series of a more complete one is left to `RecordedAnswerCollector`.
struct MetricCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    context.groups.contains { $0.isRaw && $0.indices.contains(index) }
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    try SampleEntries(folder: "metrics", isRaw: true).collect(indices, in: context, emit: emit)
  }
}
