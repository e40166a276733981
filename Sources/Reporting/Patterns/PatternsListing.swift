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
    lines += TextTable.lines(
      ["count", "errors", "id", "template"], report.rows.prefix(shown).map(row))
    if report.rows.count > shown {
      lines.append("and \(report.rows.count - shown) more; --format json has all of them")
    }
    return lines + totals.remarks.map { "Note: \($0)." }
  }

  private static func row(_ row: PatternRow) -> [String] {
    let percent = Canonical.text(row.pattern.errorShare * 100, decimals: 0) + "%"
    return [
      String(row.pattern.count), percent, row.pattern.id,
      PlainText.line(row.pattern.template, limit: 160),
    ]
  }
}
