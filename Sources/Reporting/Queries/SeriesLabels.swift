import Telemetry

/// The labels of several series as columns of a table.
///
/// A label that all series share is told once; each other one gets a column.
struct SeriesLabels {
  /// What all series share, such as `{job="api"}`; nil when there is nothing.
  let shared: String?
  /// The names of the others, in order.
  let heading: [String]
  /// The values of the others, series by series; empty for a label that a series lacks.
  let rows: [[String]]

  init(_ sets: [LabelSet]) {
    let names = Self.names(in: sets)
    let common = names.filter { name in
      guard sets.count > 1, let first = sets.first?[name] else { return false }
      return sets.allSatisfy { $0[name]?.hasSameBytes(as: first) == true }
    }
    let others = names.filter { name in !common.contains { $0.hasSameBytes(as: name) } }
    shared =
      common.isEmpty
      ? nil
      : Self.text(
        LabelSet(common.map { Label(name: $0, value: sets.first?[$0] ?? "") }))
    if others.isEmpty {
      heading = ["series"]
      rows = sets.map { _ in ["{}"] }
    } else {
      heading = others.map { $0.hasSameBytes(as: "__name__") ? "metric" : Self.cell($0) }
      rows = sets.map { set in others.map { Self.cell(set[$0] ?? "") } }
    }
  }

  /// `name{label="value"}`.
  static func text(_ labels: LabelSet) -> String {
    let others = labels.labels.filter { !$0.name.hasSameBytes(as: "__name__") }
    let pairs = others.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ", ")
    let braces = others.isEmpty && labels.metricName != nil ? "" : "{\(pairs)}"
    return PlainText.line((labels.metricName ?? "") + braces, limit: 1024)
  }

  private static func cell(_ text: String) -> String { PlainText.line(text, limit: 100) }

  /// Every label name, the metric's first, then by bytes.
  private static func names(in sets: [LabelSet]) -> [String] {
    let labels = sets.flatMap { $0.labels.map { Label(name: $0.name, value: "") } }
    return Set(labels).sorted().map(\.name).sorted { left, right in
      let ranks = (
        left.hasSameBytes(as: "__name__") ? 0 : 1, right.hasSameBytes(as: "__name__") ? 0 : 1
      )
      return ranks.0 == ranks.1 ? left.precedesInBytes(right) : ranks.0 < ranks.1
    }
  }
}
