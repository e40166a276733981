import PromQL
import Telemetry

/// A selector of a metric that the bundle holds, none of whose series it selects.
struct UnmatchedSelector {
  /// One sentence: which condition no series satisfies, and what there is instead.
  let description: String
  /// Whether a label is named that no series of the metric has, which is rarely meant.
  let isUnknownLabel: Bool

  /// Nil when some series is selected, or when the metric has no series at all.
  init?(_ selector: VectorSelector, among labels: [LabelSet]) {
    guard let name = selector.metricName, !labels.isEmpty else { return nil }
    var left = labels
    for matcher in selector.matchers where !matcher.isOnName {
      let next = left.filter { matcher.isSatisfied(by: $0) }
      guard next.isEmpty else {
        left = next
        continue
      }
      let values = left.compactMap { $0[matcher.name] }
      isUnknownLabel = values.isEmpty
      let condition = "\(matcher.name)\(matcher.comparison.rawValue)\"\(matcher.value)\""
      let known =
        values.isEmpty
        ? "none has that label; labels are \(Self.listed(left.flatMap { $0.labels.map(\.name) }))"
        : "values are \(Self.listed(values))"
      description =
        "no series of \(name) satisfies \(condition): \(known)"
        + " (\(selector.position.line):\(selector.position.column))"
      return
    }
    return nil
  }

  /// Up to eight texts, each once, sorted.
  private static func listed(_ texts: [String]) -> String {
    let all = Set(texts.map { Label(name: $0, value: "") }).map(\.name)
      .filter { !$0.hasSameBytes(as: "__name__") }.sorted { $0.precedesInBytes($1) }
    let rest = all.count > 8 ? " and \(all.count - 8) more" : ""
    return all.prefix(8).joined(separator: ", ") + rest
  }
}
