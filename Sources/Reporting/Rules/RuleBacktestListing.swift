import Canonical
import Rules
import Telemetry

/// A back-test of rules for people: a table of alerts, then what it could not see.
public enum RuleBacktestListing {
  /// The lines for a terminal; alerts that never fired are only counted.
  public static func lines(of backtest: RuleBacktest, style: TerminalStyle) -> [String] {
    heading(backtest, style) + table(backtest) + recordedOnly(backtest, style)
      + differences(backtest, style) + failures(backtest, style) + notes(backtest, style)
  }

  private static func heading(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    let rules = backtest.ruleCount == 1 ? "1 rule" : "\(backtest.ruleCount) rules"
    let sources = backtest.sources.joined(separator: ", ")
    return style.wrapped("\(rules) of \(sources), replayed", limit: 4096)
      .map { style.paint($0, .strong) }
      + [
        "from \(Canonical.text(backtest.window.start)) to \(Canonical.text(backtest.window.end))",
        "",
      ]
  }

  private static func table(_ backtest: RuleBacktest) -> [String] {
    let alerts = backtest.result.alerts
    let fired = alerts.indices.filter { alerts[$0].firingAt != nil }
    let others = alerts.count - fired.count
    guard !alerts.isEmpty else { return ["no alert was pending or firing"] }
    var heading = ["alert", "pending", "firing", "resolved"]
    if backtest.comparison != nil { heading.append("recorded") }
    let rows = fired.map { index in
      let alert = alerts[index]
      let row = [
        label(alert.labels), time(alert.pendingAt), time(alert.firingAt), time(alert.resolvedAt),
      ]
      return backtest.comparison == nil ? row : row + [text(backtest.match(at: index))]
    }
    let table = rows.isEmpty ? [] : TextTable.lines(heading, rows)
    return table + (others == 0 ? [] : ["", "\(others) more pending that never fired"])
  }

  private static func label(_ labels: LabelSet) -> String {
    let pairs = labels.filter { $0 != "alertname" }.labels.map { " \($0.name)=\($0.value)" }
    return PlainText.line((labels["alertname"] ?? "") + pairs.joined(), limit: 120)
  }

  private static func time(_ instant: Timestamp?) -> String {
    instant.map { Canonical.timeOfDay($0) } ?? "-"
  }

  private static func text(_ match: AlertComparison.Match?) -> String {
    switch match {
    case nil: "-"
    case .agrees: "the same"
    case .some(.none): "not firing"
    case .differs(let interval, let start, let end):
      "\(time(interval.start)) to \(time(interval.end)) (\(shift(start)), \(shift(end)))"
    }
  }

  private static func shift(_ span: TimeSpan?) -> String {
    guard let span else { return "open on one side" }
    return span < .zero ? Canonical.text(span) : "+\(Canonical.text(span))"
  }

  private static func recordedOnly(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    guard let only = backtest.comparison?.recordedOnly, !only.isEmpty else { return [] }
    return ["", style.paint("recorded as firing and not replayed:", .warning)]
      + only.map { interval in
        PlainText.line(
          "  \(label(interval.labels)): \(time(interval.start)) to \(time(interval.end))",
          limit: 200)
      }
  }

  private static func differences(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    let differences = backtest.differences
    guard !differences.isEmpty else { return [] }
    let count = differences.count == 1 ? "1 difference" : "\(differences.count) differences"
    var lines = ["", "\(count) from the recorded alerts:"]
    for (labels, explanation) in differences {
      let text = "  \(label(labels)): \(explanation)"
      if lines.last != text { lines.append(text) }
    }
    return lines
  }

  private static func failures(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    guard !backtest.result.failures.isEmpty else { return [] }
    return ["", style.paint("rules that failed:", .warning)]
      + backtest.result.failures.map { failure in
        PlainText.line(
          "  \(failure.rule) at \(failure.count) steps from \(time(failure.firstAt)):"
            + " \(failure.message)", limit: 400)
      }
  }

  private static func notes(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    backtest.notes.isEmpty
      ? [] : [""] + backtest.notes.flatMap { style.wrapped($0, limit: 2048) }
  }
}
