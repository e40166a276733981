import Canonical
import PromQL
import Telemetry

/// What of a question lies outside what a bundle was captured for.
struct QuestionScope {
  /// What may make the answer wrong.
  let warnings: [String]
  /// What a person should know.
  let notes: [String]

  init(uses: [SelectorUse], times: AskedTimes, index: MetricIndex, _ window: TimeRange) {
    warnings = Self.outside(times.grid, window) + Self.partial(uses, index)
    notes = Self.leadIn(uses, times.grid, window)
  }

  private static func outside(_ grid: QueryGrid, _ window: TimeRange) -> [String] {
    guard grid.start < window.start.milliseconds || grid.end > window.end.milliseconds else {
      return []
    }
    let text =
      "asked from \(text(grid.start)) to \(text(grid.end)), but the bundle's window is"
      + " \(Canonical.text(window.start)) to \(Canonical.text(window.end))"
    return ["bundle warning: \(text)"]
  }

  /// Metrics of which the bundle holds only the series of narrower selectors.
  private static func partial(_ uses: [SelectorUse], _ index: MetricIndex) -> [String] {
    uses.compactMap { use in
      guard let name = use.selector.metricName else { return nil }
      let entries = index.entries(holding: name).map { index.entries[$0] }
      let selectors = entries.filter { $0.metricName != nil }.compactMap(\.selector)
      guard !selectors.isEmpty,
        !entries.contains(where: { $0.selector?.covers(use.selector.matchers) ?? true })
      else { return nil }
      let asked = entries.compactMap { $0.file.query.map { "`\($0.expression)`" } }
      return "bundle warning: of \(name) the bundle holds only what the capture asked for:"
        + " \(asked.joined(separator: ", ")) (\(use.selector.position.line):"
        + "\(use.selector.position.column))"
    }
  }

  /// Ranges that reach back to before the data begins.
  private static func leadIn(
    _ uses: [SelectorUse], _ grid: QueryGrid, _ window: TimeRange
  ) -> [String] {
    let reach = uses.filter { !$0.isAnchored }.map(\.reach).max() ?? .zero
    let complete = window.start + reach
    guard reach > .zero, grid.start < complete.milliseconds, grid.end >= window.start.milliseconds
    else { return [] }
    return [
      "bundle info: the data begins at \(Canonical.text(window.start)), so values before"
        + " \(Canonical.text(complete)) rest on less than the \(Canonical.text(reach)) that the"
        + " query looks back"
    ]
  }

  private static func text(_ milliseconds: Int64) -> String {
    Canonical.text(Timestamp(milliseconds: milliseconds))
  }
}
