import Canonical
import Telemetry

/// Finds the log lines that pages left out because they were full.
///
/// A full page leaves out what lies beyond its last line. That is no gap when pages of the same
/// query go on from there; it loses nothing when other queries hold every line of the streams
/// concerned.
struct LogCompleteness {
  private let pages: [LogPage]
  private let streams: [LabelSet]
  private let window: CaptureWindow

  init(pages: [LogPage], streams: [LabelSet], window: CaptureWindow) {
    self.pages = pages
    self.streams = streams
    self.window = window
  }

  /// The gaps, in order of pages.
  func gaps() -> [CoverageGap] {
    pages.indices.compactMap { gap(of: $0) }
  }

  private func gap(of index: Int) -> CoverageGap? {
    let page = pages[index]
    guard let missing = page.missing(in: window) else { return nil }
    let sameQuery = pages.filter { $0.expression.hasSameBytes(as: page.expression) }
    if !page.expression.isEmpty, covers(sameQuery.compactMap(\.covered), missing) {
      return saturation(of: page, among: sameQuery)
    }
    if page.selector == nil, isFollowed(page) { return nil }
    let isHeld = page.selector == nil ? page.isHeldElsewhere : isHeldElsewhere(missing, of: index)
    let loses = !isHeld
    let limit = page.selector == nil ? "which looks like a limit" : "its limit"
    let advice =
      loses
      ? "export the rest in pages, each starting at the last time of the page before"
      : "other answers in this export hold the lines of these streams"
    return CoverageGap(
      source: .loki, subject: page.path, range: range(missing), code: .capped,
      detail: "the answer stops at \(page.lines) lines, \(limit); \(advice)", losesEvidence: loses)
  }

  /// Whether another answer of an unknown query goes on with a stream where this one stops: without
  /// requests that is all that tells a page from a limit.
  private func isFollowed(_ page: LogPage) -> Bool {
    guard let stop = page.span?.upperBound else { return false }
    return pages.contains { other in
      guard other.selector == nil, let start = other.span?.lowerBound else { return false }
      return start >= stop && !other.streams.isDisjoint(with: page.streams)
        && !other.path.hasSameBytes(as: page.path)
    }
  }

  /// A page that goes on one nanosecond later may miss lines of the nanosecond in between. That is
  /// likely only when several lines share it.
  private func saturation(of page: LogPage, among sameQuery: [LogPage]) -> CoverageGap? {
    guard !page.isBackward, page.linesAtStop > 1, let stop = page.span?.upperBound else {
      return nil
    }
    let isHeld = sameQuery.contains { other in
      guard let covered = other.covered, covered.contains(stop) else { return false }
      return covered.upperBound > stop || !other.isFull
    }
    guard !isHeld else { return nil }
    let instant = Timestamp(nanoseconds: stop)
    return CoverageGap(
      source: .loki, subject: page.path,
      range: TimeRange(start: instant, end: instant + TimeSpan(nanoseconds: 1)),
      code: .saturatedNanosecond,
      detail: "\(page.linesAtStop) lines share the last nanosecond of a full page and the next page"
        + " starts after it; start pages at the last time, not after it",
      losesEvidence: true)
  }

  /// Whether answers that keep every line, or the same lines, hold `missing` for every stream.
  private func isHeldElsewhere(_ missing: ClosedRange<Int64>, of index: Int) -> Bool {
    let page = pages[index]
    let holders = pages.indices.filter { other in
      guard other != index, let selector = pages[other].selector else { return false }
      return selector.keepsEveryLine
        || selector.stages == page.selector?.stages ?? []
    }.map { pages[$0] }
    for (number, labels) in streams.enumerated() {
      let stream = Int32(clamping: number)
      guard page.selects(stream, labels) else { continue }
      let intervals = holders.filter { $0.selects(stream, labels) }
        .compactMap(\.covered)
      guard covers(intervals, missing) else { return false }
    }
    return true
  }

  /// Whether the intervals together leave no nanosecond of `wanted` out.
  private func covers(_ intervals: [ClosedRange<Int64>], _ wanted: ClosedRange<Int64>) -> Bool {
    var next = wanted.lowerBound
    for interval in intervals.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      guard interval.lowerBound <= next else { return false }
      guard interval.upperBound >= next else { continue }
      if interval.upperBound >= wanted.upperBound { return true }
      next = interval.upperBound + 1
    }
    return false
  }

  private func range(_ interval: ClosedRange<Int64>) -> TimeRange {
    TimeRange(
      start: Timestamp(nanoseconds: interval.lowerBound),
      end: Timestamp(nanoseconds: interval.upperBound) + TimeSpan(nanoseconds: 1))
  }
}
