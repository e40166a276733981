import BundleStore
import PromQL
import Telemetry

/// How the samples of one entry of metrics lie in time.
///
/// An instant of a grid holds the latest sample that the server found by its lookback, so where a
/// grid has none, the server had none: a hole is an absence, not a gap. Samples with their own
/// times say nothing about the time between them.
struct EntryCoverage: Hashable, Sendable {
  /// The step of a grid; nil for samples with their own times and for a single instant.
  let step: TimeSpan?
  /// The time for which the entry speaks, both ends included; nil when it is not known.
  let span: ClosedRange<Timestamp>?

  /// The coverage of an entry of metrics.
  ///
  /// - Parameters:
  ///   - selector: The recorded query, when it could be read.
  ///   - window: The bundle's window; what lies outside is not in the bundle.
  init(of file: BundleFile, selector: PlainSelector?, window: TimeRange) {
    let query = file.query
    if let range = selector?.range {
      step = nil
      // Open on the left, as Prometheus 3 cuts it: an instant of a grid exactly there shows a
      // scrape before it, which the samples do not hold.
      let length = TimeSpan(nanoseconds: range.nanoseconds - 1)
      span = query?.end.flatMap { Self.span(from: $0 - length, to: $0, in: window) }
    } else {
      step = file.role == .metricSamples ? nil : query?.step
      span = query?.start.flatMap { start in
        query?.end.flatMap { Self.span(from: start, to: $0, in: window) }
      }
    }
  }

  /// The coverage of samples with their own times, or of a grid, over `span`.
  init(step: TimeSpan?, span: ClosedRange<Timestamp>?) {
    self.step = step
    self.span = span
  }

  private static func span(
    from start: Timestamp, to end: Timestamp, in window: TimeRange
  ) -> ClosedRange<Timestamp>? {
    let (start, end) = (max(start, window.start), min(end, window.end))
    return start <= end ? start...end : nil
  }
}
