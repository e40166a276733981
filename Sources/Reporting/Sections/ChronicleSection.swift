import Detection
import Reasoning
import Telemetry

/// What happened when; every row cites its evidence.
struct ChronicleSection: ReportSection {
  let title = "Timeline"

  /// Rows shown; the rest is counted where it is left out.
  private static let limit = 40

  func body(in context: ReportContext) -> [String] {
    let entries = context.analysis.chronicle
    guard !entries.isEmpty else { return [] }
    let shown = Self.shownPositions(entries, context.analysis.incidents)
    var lines = ["| Time (UTC) | What | Evidence |", "|---|---|---|"]
    var leftOut = 0
    for (index, entry) in entries.enumerated() {
      guard shown.contains(index) else {
        leftOut += 1
        continue
      }
      lines += Self.leftOutRow(leftOut)
      leftOut = 0
      lines.append(row(entry, context))
    }
    lines += Self.leftOutRow(leftOut)
    guard shown.count < entries.count else { return lines }
    return lines + ["", "`\(ToolIdentity.name) timeline` prints all \(entries.count) rows."]
  }

  private func row(_ entry: ChronicleEntry, _ context: ReportContext) -> String {
    let text = MarkdownText.escaped(entry.text, limit: 240)
    let marked = entry.kind == .incident ? "**\(text)**" : text
    return "| \(context.times.time(entry.time)) | \(marked) | "
      + "\(context.links(entry.evidence, limit: 3)) |"
  }

  private static func leftOutRow(_ count: Int) -> [String] {
    count == 0 ? [] : ["| … | \(Quantity.count(count, "row")) left out | |"]
  }

  /// The positions of the rows to show: incidents, alerts and changes before findings, and those
  /// close to an incident before others.
  private static func shownPositions(
    _ entries: [ChronicleEntry], _ incidents: [ExplainedIncident]
  ) -> Set<Int> {
    let ranked = entries.indices.map { index in
      (rank: rank(entries[index], incidents), index: index)
    }.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }
    return Set(ranked.prefix(limit).map(\.index))
  }

  private static func rank(_ entry: ChronicleEntry, _ incidents: [ExplainedIncident]) -> Int {
    let lead = TimeSpan.minutes(60)
    let isNear = incidents.contains { explained in
      explained.incident.startedAt - lead <= entry.time
        && entry.time <= explained.incident.endedAt ?? entry.time
    }
    let kind =
      switch entry.kind {
      case .incident: 0
      case .change: 1
      case .alert: 2
      case .finding: 3
      }
    return kind + (isNear || entry.kind == .incident ? 0 : 4)
  }
}
