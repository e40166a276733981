import Canonical
import Telemetry

/// What functions say, in Prometheus's words.
///
/// - Source: prometheus/util/annotations/annotations.go.
extension Annotations {
  /// A quantile outside of 0…1.
  mutating func warnOfQuantile(_ q: Double, at position: SourceRange) {
    warn("quantile value should be between 0 and 1, got \(q.shortText)", at: position)
  }

  /// A series that is no bucket of a classic histogram.
  mutating func warnOfBucketLabel(_ value: String, metric: String, at position: SourceRange) {
    warn(
      "bucket label \"le\" is missing or has a malformed value of \(QuotedText.quoted(value))"
        + Self.suffix(naming: metric), at: position)
  }

  /// A sort that has no effect.
  mutating func warnOfSortInRangeQuery(at position: SourceRange) {
    warn(
      "sort is ineffective for range queries since results are always ordered by labels",
      at: position)
  }

  /// A rate of something whose name is not that of a counter.
  mutating func noteNoCounter(metric: String, at position: SourceRange) {
    note(
      "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "
        + QuotedText.quoted(metric), at: position)
  }

  /// Buckets whose counts had to be raised.
  mutating func note(_ repair: BucketRepair, metric: String, at position: SourceRange) {
    note(
      "input to histogram_quantile needed to be fixed for monotonicity (see "
        + "https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
        + Self.suffix(naming: metric)
        + ", from buckets \(repair.lowestBound.shortText) to \(repair.highestBound.shortText)"
        + ", with a max diff of \(repair.greatestDifference.twoDigitText)"
        + ", over \(repair.count) samples"
        + " from \(Self.text(repair.first)) to \(Self.text(repair.last))", at: position)
  }

  private static func suffix(naming metric: String) -> String {
    metric.isEmpty ? "" : " for metric name \(QuotedText.quoted(metric))"
  }

  private static func text(_ milliseconds: Int64) -> String {
    Canonical.text(Timestamp(seconds: milliseconds / 1000))
  }
}

extension FunctionContext {
  /// Notes once that a rate was taken of something whose name is not that of a counter.
  mutating func noteUnlessCounter() {
    guard mayNotBeCounter else { return }
    mayNotBeCounter = false
    annotations.noteNoCounter(metric: metricName, at: position(ofArgument: 0))
  }

  /// Whether a name is there and has none of the endings of counters.
  static func lacksCounterEnding(_ name: String) -> Bool {
    let endings = ["_total", "_sum", "_count", "_bucket"]
    return !name.isEmpty
      && !endings.contains { name.utf8.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }
}
