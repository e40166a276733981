import JSONStream
import Telemetry

/// The interval that a bundle captures; both ends belong to it.
///
/// The sample of a grid's last step lies exactly at the end, so that unlike everywhere else the end
/// is part of the window.
struct CaptureWindow: Sendable {
  let range: TimeRange
  /// Whether a person asked for it; otherwise it follows from the export.
  var isAsked = false

  /// Whether an instant lies in the window.
  func contains(_ nanoseconds: Int64) -> Bool {
    range.start.nanoseconds <= nanoseconds && nanoseconds <= range.end.nanoseconds
  }

  /// The window asked for; else the widest start and end of the grid queries; else the span of the
  /// samples and log lines; nil when nothing states a time.
  static func chosen(asked: TimeRange?, answers: [ExportAnswer]) -> CaptureWindow? {
    if let asked { return CaptureWindow(range: asked, isAsked: true) }
    let requests = answers.compactMap(\.request).filter(\.isRange)
    let range = widest(requests.filter { !$0.isLoki && $0.step != nil }) ?? widest(requests)
    return (range ?? span(of: answers)).map { CaptureWindow(range: $0) }
  }

  private static func widest(_ requests: [QueryTable.Entry]) -> TimeRange? {
    guard let start = requests.compactMap(\.start).min(),
      let end = requests.compactMap(\.end).max(),
      start < end
    else { return nil }
    return TimeRange(start: start, end: end)
  }

  private static func span(of answers: [ExportAnswer]) -> TimeRange? {
    let spans = answers.compactMap { answer -> ClosedRange<Int64>? in
      switch answer.content {
      case .samples(let table): table.span
      case .logs(let table): table.span
      case .text(.log(let table)): table.isYearless ? nil : table.span
      case .objects(_, let events): span(of: events.map(\.event))
      default: nil
      }
    }
    guard let start = spans.map(\.lowerBound).min(), let end = spans.map(\.upperBound).max() else {
      return nil
    }
    return TimeRange(start: Timestamp(nanoseconds: start), end: Timestamp(nanoseconds: end))
  }

  private static func span(of events: [KubeEvent]) -> ClosedRange<Int64>? {
    let times = events.flatMap { [$0.firstSeen, $0.lastSeen] }.compactMap { $0?.nanoseconds }
    guard let first = times.min(), let last = times.max() else { return nil }
    return first...last
  }
}
