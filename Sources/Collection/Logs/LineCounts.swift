import LogQL
import Telemetry

/// Compares the lines of a bundle with Loki's own counts, where an export recorded them.
///
/// Only `sum by (…) (count_over_time({…}[d]))` at step `d` is compared, without a pipeline: it
/// counts every line exactly once. Loki's `index/stats` is not used: it leaves out what ingesters
/// still hold, and may count chunks twice.
struct LineCounts {
  /// Counts may differ by this share, or by this many lines: Loki counts repeats of a line that it
  /// returns once, and lines may arrive between two queries.
  private static let tolerance = (ratio: 0.01, lines: 10)

  private let grouping: [String]
  private let selector: LogSelector
  private let interval: Int64

  /// Reads the query of a count; nil when it is not one that can be compared.
  init?(_ answer: ExportAnswer) {
    guard let request = answer.request, request.isLoki, let step = request.step,
      case .metric(.aggregation(let sum))? = try? LogQuery.parse(request.expression),
      sum.op == .sum, sum.grouping?.isWithout != true, case .range(let count) = sum.operand,
      count.function == .count, count.grouping == nil, count.range.offset == .zero,
      count.range.selector.stages.isEmpty, count.range.length == step
    else { return nil }
    grouping = sum.grouping?.labels ?? []
    selector = count.range.selector
    interval = step.nanoseconds
  }

  /// The groups of which Loki counted more lines than the bundle holds.
  func gaps(_ answer: ExportAnswer, _ store: LogStore, _ window: CaptureWindow) -> [CoverageGap] {
    guard case .samples(let table) = answer.content else { return [] }
    let usable = table.samples.map(\.nanoseconds).filter {
      window.contains($0) && window.contains($0 - interval)
    }
    guard let first = usable.min(), let last = usable.max() else { return [] }
    return table.series.compactMap { series in
      let recorded = table.samples[series.samples]
        .filter { (first...last).contains($0.nanoseconds) }
        .reduce(into: 0.0) { sum, sample in
          sum += table.withText(of: sample) { Double(String(decoding: $0, as: UTF8.self)) ?? 0 }
        }
      let held = lines(of: series.labels, in: store, after: first - interval, through: last)
      let missing = recorded - Double(held)
      guard missing > max(Self.tolerance.ratio * recorded, Double(Self.tolerance.lines)) else {
        return nil
      }
      return gap(
        answer, series.labels, recorded: Int(clamping: Int64(recorded)), held: held,
        first - interval, last)
    }
  }

  private func gap(
    _ answer: ExportAnswer, _ labels: LabelSet, recorded: Int, held: Int, _ start: Int64,
    _ end: Int64
  ) -> CoverageGap {
    let name = labels.labels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ",")
    return CoverageGap(
      source: .loki, subject: "{\(name)}",
      range: TimeRange(start: Timestamp(nanoseconds: start), end: Timestamp(nanoseconds: end)),
      code: .countMismatch,
      detail: "Loki counted \(recorded) lines (\(answer.path)), the export holds \(held); export"
        + " these streams again, in pages",
      losesEvidence: true)
  }

  private func lines(
    of group: LabelSet, in store: LogStore, after start: Int64, through end: Int64
  ) -> Int {
    let isCounted = store.streams.map { labels in
      selector.selects(labels)
        && grouping.allSatisfy { (labels[$0] ?? "").hasSameBytes(as: group[$0] ?? "") }
    }
    return store.records.count {
      start < $0.nanoseconds && $0.nanoseconds <= end && isCounted[Int($0.stream)]
    }
  }
}
