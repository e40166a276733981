import Telemetry

/// The samples of one Prometheus or Loki answer, with every value as the server wrote it.
struct SampleTable: Sendable {
  /// One series and where its samples stand.
  struct Series: Sendable {
    let labels: LabelSet
    var samples: Range<Int>
  }

  /// One sample; its text stands in `text`.
  struct Sample: Sendable {
    let nanoseconds: Int64
    let offset: UInt32
    let length: UInt32
    /// Whether the text is a native histogram's JSON instead of a float.
    let isHistogram: Bool
  }

  /// The series in the order of the answer.
  private(set) var series: [Series] = []
  /// The samples, series by series.
  private(set) var samples: [Sample] = []
  private var text: [UInt8] = []

  /// The earliest and latest sample time, or nil without samples.
  private(set) var span: ClosedRange<Int64>?

  mutating func beginSeries(_ labels: LabelSet) {
    series.append(Series(labels: labels, samples: samples.count..<samples.count))
  }

  mutating func append(nanoseconds: Int64, text bytes: UnsafeRawBufferPointer, isHistogram: Bool) {
    samples.append(
      Sample(
        nanoseconds: nanoseconds, offset: UInt32(clamping: text.count),
        length: UInt32(clamping: bytes.count), isHistogram: isHistogram))
    text.append(contentsOf: bytes)
    span =
      span.map { min($0.lowerBound, nanoseconds)...max($0.upperBound, nanoseconds) }
      ?? nanoseconds...nanoseconds
  }

  mutating func endSeries() {
    guard let last = series.indices.last else { return }
    series[last].samples = series[last].samples.lowerBound..<samples.count
  }

  /// Calls `body` with the text of a sample.
  func withText<Value>(of sample: Sample, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    text.withUnsafeBytes {
      let start = Int(sample.offset)
      return body(UnsafeRawBufferPointer(rebasing: $0[start..<start + Int(sample.length)]))
    }
  }
}
