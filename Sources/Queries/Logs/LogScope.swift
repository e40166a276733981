import BundleStore
import Canonical
import LogQL
import PromQL
import Telemetry

/// What of a question about logs a bundle cannot answer, or not as the captured server would.
struct LogScope {
  /// What may make the answer wrong.
  let warnings: [String]
  /// What a person should know.
  let infos: [String]

  init(_ query: LogQuery, _ times: LogTimes, streams: [LabelSet], manifest: Manifest) {
    warnings =
      Self.outside(times, manifest.window)
      + query.selectors.compactMap { Self.unmatched($0, streams: streams) }
    infos = Self.leadIn(query, times, manifest.window) + Self.redacted(manifest.redaction)
  }

  /// Ranges that reach back to before the lines begin.
  private static func leadIn(
    _ query: LogQuery, _ times: LogTimes, _ window: TimeRange
  ) -> [String] {
    guard case .metric(let expression) = query else { return [] }
    let reach = expression.reach
    let complete = window.start + reach
    guard reach > .zero, times.ends.0 < complete, times.ends.1 >= window.start else { return [] }
    return [
      "bundle info: the lines begin at \(Canonical.text(window.start)), so values before"
        + " \(Canonical.text(complete)) rest on less than the \(Canonical.text(reach)) that the"
        + " query looks back"
    ]
  }

  private static func outside(_ times: LogTimes, _ window: TimeRange) -> [String] {
    let (first, last) = times.ends
    // Grids are rounded to their step, which is no reason to warn.
    let slack = if case .grid(let grid) = times { grid.step } else { Int64(0) }
    guard
      first.milliseconds < window.start.milliseconds - slack
        || last.milliseconds > window.end.milliseconds + slack
    else { return [] }
    return [
      "bundle warning: asked from \(Canonical.text(first)) to \(Canonical.text(last)), but the"
        + " bundle's window is \(Canonical.text(window.start)) to \(Canonical.text(window.end))"
    ]
  }

  /// Says why no stream satisfies a selector; nil when one does.
  private static func unmatched(_ selector: LogSelector, streams: [LabelSet]) -> String? {
    func satisfies(_ labels: LabelSet, _ matchers: [LabelMatcher]) -> Bool {
      matchers.allSatisfy { $0.isSatisfied(by: labels) }
    }
    guard !streams.contains(where: { satisfies($0, selector.matchers) }) else { return nil }
    let place = "(\(selector.position.line):\(selector.position.column))"
    for (index, matcher) in selector.matchers.enumerated() {
      let left = streams.filter { satisfies($0, Array(selector.matchers[..<index])) }
      guard !left.contains(where: { matcher.isSatisfied(by: $0) }) else { continue }
      let condition = "\(matcher.name)\(matcher.comparison.rawValue)\"\(matcher.value)\""
      let values = left.compactMap { $0[matcher.name] }
      let known =
        values.isEmpty
        ? "no stream has that label; labels are \(listed(left.flatMap { $0.labels.map(\.name) }))"
        : "values are \(listed(values))"
      return "bundle warning: no log stream satisfies \(condition): \(known) \(place)"
    }
    return "bundle warning: no log stream satisfies the selector \(place)"
  }

  /// Up to eight texts, each once, sorted.
  private static func listed(_ texts: [String]) -> String {
    let all = texts.sorted { $0.precedesInBytes($1) }.reduce(into: [String]()) { kept, text in
      if kept.last?.hasSameBytes(as: text) != true { kept.append(text) }
    }
    let rest = all.count > 8 ? " and \(all.count - 8) more" : ""
    return all.prefix(8).joined(separator: ", ") + rest
  }

  private static func redacted(_ redaction: RedactionSummary) -> [String] {
    let count = redaction.counts.reduce(0) { $0 + $1.count }
    guard redaction.isApplied, count > 0 else { return [] }
    return [
      "bundle info: \(count) values of this bundle were redacted, so lines may differ from those of"
        + " the captured server in text and length"
    ]
  }
}
