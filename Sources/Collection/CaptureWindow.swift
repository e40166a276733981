import Telemetry

/// The interval that a bundle captures; both ends belong to it.
///
/// The sample of a grid's last step lies exactly at the end, so that unlike everywhere else the end
/// is part of the window.
struct CaptureWindow: Sendable {
  let range: TimeRange
  let origin: WindowOrigin

  /// Whether a person asked for it; otherwise it follows from the export.
  var isAsked: Bool { origin == .asked }

  /// Whether an instant lies in the window.
  func contains(_ nanoseconds: Int64) -> Bool {
    range.start.nanoseconds <= nanoseconds && nanoseconds <= range.end.nanoseconds
  }

  /// The window asked for; else the widest start and end of the grid queries; else the span of the
  /// samples and log lines; else, and when that is an instant, what objects and events state; nil
  /// when nothing states a time.
  static func chosen(asked: TimeRange?, answers: [ExportAnswer]) -> CaptureWindow? {
    if let asked { return CaptureWindow(range: asked, origin: .asked) }
    let requests = answers.compactMap(\.request).filter(\.isRange)
    let grid = requests.filter { !$0.isLoki && $0.step != nil }
    if let range = widest(grid) ?? widest(requests) {
      return CaptureWindow(range: range, origin: .requests)
    }
    let span = span(of: answers)
    if let span, span.start < span.end { return CaptureWindow(range: span, origin: .telemetry) }
    guard let stated = StatedTimes(answers).window else {
      return span.map { CaptureWindow(range: $0, origin: .telemetry) }
    }
    let range = TimeRange(
      start: min(stated.start, span?.start ?? stated.start),
      end: max(stated.end, span?.end ?? stated.end))
    return CaptureWindow(range: range, origin: .objectStates)
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
      default: nil
      }
    }
    guard let start = spans.map(\.lowerBound).min(), let end = spans.map(\.upperBound).max() else {
      return nil
    }
    return TimeRange(start: Timestamp(nanoseconds: start), end: Timestamp(nanoseconds: end))
  }
}

/// What the window of a capture follows from.
public enum WindowOrigin: String, Hashable, Sendable {
  /// A person gave it.
  case asked
  /// The requests in the table of queries.
  case requests
  /// The times of samples and log lines.
  case telemetry
  /// The times that Kubernetes objects and events state: a guess, since these lie anywhere.
  case objectStates = "object-states"
}
