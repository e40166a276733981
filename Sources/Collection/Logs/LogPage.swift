import LogQL
import Telemetry

/// One answer of a log query as far as completeness is concerned.
struct LogPage: Sendable {
  /// The answer's path below the root of its export.
  let path: String
  /// The query as it was sent, or empty.
  let expression: String
  /// What the query selects, when it is known.
  let selector: LogSelector?
  /// The lines that the answer holds, inside the window and outside.
  let lines: Int
  /// The earliest and latest of their times.
  let span: ClosedRange<Int64>?
  /// The lines at the end where the page stopped: at the latest time of a forward page.
  let linesAtStop: Int
  /// The streams that the answer shows, as numbers of `LogStore.streams`.
  let streams: Set<Int32>
  /// The interval that was asked for, both ends included, where the request says so.
  let asked: (first: Int64?, last: Int64?)
  /// Whether the page holds as many lines as it may, so that there can be more.
  let isFull: Bool
  /// Whether the page runs from new to old.
  let isBackward: Bool
  /// Whether every line of the page also stands in other answers.
  let isHeldElsewhere: Bool

  /// Limits that people and tools commonly set; a page of exactly so many lines looks cut off.
  static let commonLimits: Set = [100, 1000, 2000, 5000, 10_000]

  init(answer: ExportAnswer, table: LogTable, streams: Set<Int32>, isHeldElsewhere: Bool) {
    let request = answer.request
    self.isHeldElsewhere = isHeldElsewhere
    path = answer.path
    expression = answer.expression
    selector = answer.logSelector
    lines = table.lines.count
    span = table.span
    isBackward = request?.isBackward ?? false
    let count = table.lines.count
    isFull = request?.limit.map { count >= $0 && $0 > 0 } ?? Self.commonLimits.contains(count)
    // Loki's end is exclusive.
    asked = (request?.start?.nanoseconds, (request?.end?.nanoseconds).map { $0 &- 1 })
    let stop = isBackward ? table.span?.lowerBound : table.span?.upperBound
    linesAtStop = table.lines.count { $0.nanoseconds == stop }
    self.streams = streams
  }

  /// The interval over which the page holds every line that its query selects.
  var covered: ClosedRange<Int64>? {
    let first = asked.first ?? span?.lowerBound
    let last = asked.last ?? span?.upperBound
    guard let first, let last, first <= last else { return span }
    guard isFull, let span else { return first...last }
    return isBackward
      ? span.lowerBound...max(last, span.lowerBound)
      : min(first, span.upperBound)...span.upperBound
  }

  /// The interval that a full page leaves out, inside the window.
  func missing(in window: CaptureWindow) -> ClosedRange<Int64>? {
    guard isFull, let span else { return nil }
    let (start, end) = (window.range.start.nanoseconds, window.range.end.nanoseconds)
    let first = isBackward ? max(asked.first ?? start, start) : max(span.upperBound &+ 1, start)
    let last = isBackward ? min(span.lowerBound &- 1, end) : min(asked.last ?? end, end)
    return first <= last ? first...last : nil
  }

  /// Whether the query selects a stream: what its matchers say, or else what the answer shows.
  func selects(_ stream: Int32, _ labels: LabelSet) -> Bool {
    streams.contains(stream) || selector?.selects(labels) ?? false
  }
}
