import Canonical
import LogPatterns
import LogQL
import Queries
import Telemetry

/// An answer about logs for people: the lines with their times, coloured by level; for series a
/// table and a plot.
public enum LogListing {
  /// The lines for a terminal. Control characters of log lines are shown, never sent.
  ///
  /// - Parameter limit: Series shown, at least 1; the others are counted.
  public static func lines(of answer: LogAnswer, limit: Int, style: TerminalStyle) -> [String] {
    switch answer.value {
    case .lines(let lines): return self.lines(of: lines, answer, style)
    case .metrics(let metrics):
      let times: AskedTimes =
        if case .grid(let grid) = answer.times { .range(grid) } else {
          .instant(answer.times.instant)
        }
      return QueryListing.lines(
        of: answer.annotated(metrics.result), asked: answer.query.text, at: times, limit: limit,
        style: style)
    }
  }

  private static func lines(
    of found: LogLines, _ answer: LogAnswer, _ style: TerminalStyle
  ) -> [String] {
    let sets = found.lines.map(\.labels)
    let shared = sets.first.map { first in
      first.filter { name in
        sets.allSatisfy { $0[name]?.hasSameBytes(as: first[name] ?? "") == true }
      }
    }
    let body =
      found.lines.isEmpty
      ? ["No lines."] : found.lines.map { line(of: $0, shared: shared ?? .empty, style) }
    return heading(found, answer, shared ?? .empty, style) + body
      + QueryListing.notes(warnings: answer.warnings, infos: answer.infos, style)
  }

  private static func heading(
    _ found: LogLines, _ answer: LogAnswer, _ shared: LabelSet, _ style: TerminalStyle
  ) -> [String] {
    var lines = style.wrapped(answer.query.text, limit: 4096).map { style.paint($0, .strong) }
    if case .lines(let from, let to) = answer.times {
      lines.append("from \(Canonical.text(from)) to \(Canonical.text(to))")
    }
    let all = found.statistics
    let count = Quantity.count(found.lines.count, "line")
    lines.append(
      "\(count); read \(Quantity.count(all.lines, "line")), \(Canonical.bytes(Double(all.bytes)))")
    if !shared.labels.isEmpty { lines.append("All: \(SeriesLabels.text(shared))") }
    return lines + [""]
  }

  /// `2026-03-01T10:05:00.25Z {pod="a"} the line`
  private static func line(
    of found: FoundLine, shared: LabelSet, _ style: TerminalStyle
  ) -> String {
    let own = found.labels.filter { shared[$0] == nil }
    let time = Canonical.text(Timestamp(nanoseconds: found.nanoseconds))
    let labels = own.labels.isEmpty ? "" : " " + style.paint(SeriesLabels.text(own), .faint)
    let text = VisibleText.line(found.line)
    return style.paint(time, .faint) + labels + " "
      + (tone(of: found.labels).map { style.paint(text, $0) } ?? text)
  }

  /// The colour of a line's level; nil for one without colour.
  private static func tone(of labels: LabelSet) -> TerminalStyle.Tone? {
    switch LineLevel.level(ofStream: labels) {
    case .error, .fatal: .bad
    case .warning: .warning
    case .debug, .trace: .faint
    default: nil
    }
  }
}

extension LogTimes {
  /// The instant of an instant query.
  fileprivate var instant: Timestamp { Timestamp(milliseconds: grid.start) }
}
