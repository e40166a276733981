import Telemetry

/// The log lines of one answer or file: text in one arena, a small record for each line.
struct LogTable: Sendable {
  /// One line; its text stands in `text`.
  struct Line: Sendable {
    let nanoseconds: Int64
    let offset: UInt32
    let length: UInt32
    /// An index of `streams`.
    let stream: Int32
    /// An index of `metadata`.
    let metadata: Int32
  }

  /// The labels of every stream object, as the answer had them.
  private(set) var streams: [LabelSet] = []
  private(set) var lines: [Line] = []
  /// The distinct sets of structured metadata; the first is empty.
  private(set) var metadata: [LabelSet] = [.empty]
  /// The text of all lines.
  private(set) var text: [UInt8] = []
  /// Whether the lines' times lack a year: they are then instants of the leap year 2000.
  var isYearless = false
  /// Whether the labels are known to be index labels only.
  var hasIndexLabelsOnly = false
  /// Lines of a file of JSON lines that could not be read.
  var badLines = 0
  private var metadataNumbers: [LabelSet: Int32] = [:]

  /// The earliest and latest time, or nil without lines.
  private(set) var span: ClosedRange<Int64>?

  mutating func beginStream(_ labels: LabelSet) {
    streams.append(labels)
  }

  mutating func append(
    nanoseconds: Int64, line: UnsafeRawBufferPointer, metadata labels: LabelSet = .empty
  ) {
    lines.append(
      Line(
        nanoseconds: nanoseconds, offset: UInt32(clamping: text.count),
        length: UInt32(clamping: line.count), stream: Int32(clamping: streams.count - 1),
        metadata: number(of: labels)))
    text.append(contentsOf: line)
    span =
      span.map { min($0.lowerBound, nanoseconds)...max($0.upperBound, nanoseconds) }
      ?? nanoseconds...nanoseconds
  }

  private mutating func number(of labels: LabelSet) -> Int32 {
    if labels.labels.isEmpty { return 0 }
    if let number = metadataNumbers[labels] { return number }
    let number = Int32(clamping: metadata.count)
    metadata.append(labels)
    metadataNumbers[labels] = number
    return number
  }
}
