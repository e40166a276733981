import Detection
import Reasoning
import Telemetry

/// When it was over, and which changes came shortly before.
struct RecoverySection: ReportSection {
  let title = "Response and recovery"

  func body(in context: ReportContext) -> [String] {
    context.forEachIncident { explained in
      let incident = explained.incident
      let state =
        incident.endedAt.map {
          "no service was affected any more from \(context.times.time($0)) UTC on"
        }
        ?? "not seen; the data ends first"
      let end = incident.endedAt ?? context.analysis.bundle.replayedTo
      let changes = context.analysis.findings.filter {
        $0.kind == .amend && incident.detectedAt < $0.interval.start && $0.interval.start <= end
      }
      return ["- **Recovery:** \(state)"] + changeLines(changes, context)
        + ["- **What responders did:** TODO (the bundle does not record it)"]
    }
  }

  private func changeLines(_ changes: [Finding], _ context: ReportContext) -> [String] {
    guard !changes.isEmpty else {
      return ["- **Changes between detection and recovery:** none recorded in the bundle"]
    }
    return ["- **Changes between detection and recovery:**"]
      + changes.suffix(5).map {
        "  - \(context.times.time($0.interval.start)) UTC: \(context.sentence($0))"
      }
  }
}
