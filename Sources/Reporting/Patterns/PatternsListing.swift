import Canonical
import LogPatterns
import Telemetry

/// What `patterns` says to people: a table, the most frequent or most telling patterns first.
public enum PatternsListing {
  /// Patterns shown at most; the JSON document has all of them.
  static let shown = 60

  /// The lines for a terminal.
  public static func lines(of report: PatternReport, style: TerminalStyle) -> [String] {
    let totals = report.totals
    let heading =
      "\(report.rows.count) patterns in \(totals.mined.lines) lines"
      + (totals.mined.lines == totals.mined.events ? "" : " (\(totals.mined.events) events)")
    var lines = [style.paint(heading, .strong), ""]
    lines += report.window.map { changes(in: report, TimeText(window: $0)) } ?? table(of: report)
    if report.rows.count > shown {
      lines.append("and \(report.rows.count - shown) more; --format json has all of them")
    }
    return lines + totals.remarks.map { "Note: \($0)." }
  }

  private static func table(of report: PatternReport) -> [String] {
    TextTable.lines(
      ["count", "errors", "id", "template"],
      report.rows.prefix(shown).map { row in
        [String(row.pattern.count), errors(row.pattern), row.pattern.id, template(row.pattern)]
      })
  }

  /// The table of a bundle; `!` marks what is suspicious.
  private static func changes(in report: PatternReport, _ times: TimeText) -> [String] {
    TextTable.lines(
      ["", "change", "first seen", "count", "errors", "services", "id", "template"],
      report.rows.prefix(shown).map { row in
        [
          row.change?.isSuspicious == true ? "!" : "", row.change?.kind.rawValue ?? "",
          times.time(Timestamp(nanoseconds: row.pattern.first)), String(row.pattern.count),
          errors(row.pattern), PlainText.line(Wording.list(row.services, limit: 3), limit: 60),
          row.pattern.id, template(row.pattern),
        ]
      })
  }

  private static func errors(_ pattern: LogPattern) -> String {
    Canonical.text(pattern.errorShare * 100, decimals: 0) + "%"
  }

  private static func template(_ pattern: LogPattern) -> String {
    PlainText.line(pattern.template, limit: 160)
  }
}
