import Canonical
import Rules
import Telemetry

/// A back-test of rules for people: a table of alerts, then what it could not see.
public enum RuleBacktestListing {
  /// The lines for a terminal; alerts that never fired are only counted.
  public static func lines(of backtest: RuleBacktest, style: TerminalStyle) -> [String] {
    heading(backtest, style) + blindRules(backtest, style) + failures(backtest, style)
      + table(backtest) + recordedOnly(backtest, style) + differences(backtest, style)
      + notes(backtest, style)
  }

  private static func heading(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    let rules = Quantity.count(backtest.ruleCount, "rule")
    let sources = backtest.sources.joined(separator: ", ")
    return style.wrapped("\(rules) of \(sources), replayed", limit: 4096)
      .map { style.paint($0, .strong) }
      + [
        "from \(Canonical.text(backtest.window.start)) to \(Canonical.text(backtest.window.end))",
        "",
      ]
  }

  /// Rules that cannot say anything on this bundle; first, since their silence is no calm.
  private static func blindRules(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    let names = backtest.sight.blindRules.map { name in
      let absent = backtest.sight.limits[name]?.absentMetrics ?? []
      return absent.isEmpty ? name : "\(name) (\(absent.joined(separator: ", ")))"
    }
    guard !names.isEmpty else { return [] }
    let text =
      "\(names.count) of \(Quantity.count(backtest.ruleCount, "rule")) cannot be evaluated, since the"
      + " bundle holds no metric that they read: \(names.joined(separator: ", "))"
    return style.wrapped(text, limit: 4096).map { style.paint($0, .warning) } + [""]
  }

  /// Times of the window, `-` for none.
  private static func clock(_ backtest: RuleBacktest) -> (Timestamp?) -> String {
    let text = TimeText(window: backtest.window)
    return { $0.map(text.time) ?? "-" }
  }

  private static func table(_ backtest: RuleBacktest) -> [String] {
    let time = clock(backtest)
    let alerts = backtest.result.alerts
    let fired = alerts.indices.filter { alerts[$0].firingAt != nil }
    let others = alerts.count - fired.count
    guard !alerts.isEmpty else { return ["no alert was pending or firing"] }
    var heading = ["alert", "pending", "firing", "resolved"]
    if backtest.comparison != nil { heading.append("recorded") }
    let names = Self.names(of: fired.map { alerts[$0].labels })
    let rows = zip(fired, names).map { index, name in
      let alert = alerts[index]
      let row = [name, time(alert.pendingAt), time(alert.firingAt), time(alert.resolvedAt)]
      return backtest.comparison == nil ? row : row + [text(backtest.match(at: index), time)]
    }
    let table = rows.isEmpty ? [] : TextTable.lines(heading, rows)
    let rest = "\(others) more pending that never fired; --format json lists them"
    return table + (others == 0 ? [] : ["", rest])
  }

  /// Each alert by its name and the labels in which it differs from others of the name; one that
  /// stands alone by all its labels, as far as there is room.
  private static func names(of alerts: [LabelSet]) -> [String] {
    let groups = Dictionary(grouping: alerts) { Label(name: "", value: $0["alertname"] ?? "") }
    let shared = groups.mapValues { group in
      group[0].labels.filter { label in
        label.name != "alertname"
          && group.allSatisfy { $0[label.name]?.hasSameBytes(as: label.value) == true }
      }
    }
    return alerts.map { labels in
      let name = Label(name: "", value: labels["alertname"] ?? "")
      guard Set(groups[name] ?? []).count > 1 else {
        return PlainText.line(label(labels), limit: 80)
      }
      let telling = labels.labels.filter { shared[name]?.contains($0) != true }
      return PlainText.line(label(LabelSet(telling)), limit: 160)
    }
  }

  private static func label(_ labels: LabelSet) -> String {
    let pairs = labels.filter { $0 != "alertname" }.labels.map { " \($0.name)=\($0.value)" }
    return PlainText.line((labels["alertname"] ?? "") + pairs.joined(), limit: 512)
  }

  private static func text(
    _ match: AlertComparison.Match?, _ time: (Timestamp?) -> String
  ) -> String {
    switch match {
    case nil: "-"
    case .agrees: "the same"
    case .some(.none): "not firing"
    case .unknown: "no such rule"
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
    let time = clock(backtest)
    return ["", style.paint("recorded as firing and not replayed:", .warning)]
      + only.map { interval in
        PlainText.line(
          "  \(label(interval.labels)): \(time(interval.start)) to \(time(interval.end))",
          limit: 1024)
      }
  }

  private static func differences(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    let differences = backtest.differences
    guard !differences.isEmpty else { return [] }
    var lines = [
      "", "\(Quantity.count(differences.count, "difference")) from the recorded alerts:",
    ]
    for (labels, explanation) in differences {
      let text = "  \(label(labels)): \(explanation)"
      if lines.last != text { lines.append(text) }
    }
    return lines
  }

  private static func failures(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    guard !backtest.result.failures.isEmpty else { return [] }
    let time = clock(backtest)
    return [style.paint("rules that failed:", .warning)]
      + backtest.result.failures.map { failure in
        PlainText.line(
          "  \(failure.rule) at \(failure.count) steps from \(time(failure.firstAt)):"
            + " \(failure.message)", limit: 400)
      } + [""]
  }

  private static func notes(_ backtest: RuleBacktest, _ style: TerminalStyle) -> [String] {
    backtest.notes.isEmpty
      ? [] : [""] + backtest.notes.flatMap { style.wrapped($0, limit: 2048) }
  }
}
