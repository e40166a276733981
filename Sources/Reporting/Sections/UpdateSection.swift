import Detection
import Reasoning
import Telemetry

/// A draft for stakeholders: impact, status and cause in a few plain sentences.
struct UpdateSection: ReportSection {
  let title = "Stakeholder update (draft)"

  func body(in context: ReportContext) -> [String] {
    guard let incident = context.analysis.incidents.first?.incident else { return [] }
    let services = incident.services.map { MarkdownText.escaped($0, limit: 64) }
    let start = "\(TimeText.full(incident.startedAt))"
    let scope = services.isEmpty ? "our services" : Wording.list(services, limit: 4)
    let status =
      incident.endedAt.map { "It was over at \(TimeText.full($0))." }
      ?? "The recorded data ends before recovery; please confirm the current status: TODO."
    return [
      "> From \(start) we saw a \(incident.severity.rawValue) incident affecting \(scope). \(status)",
      "> We have not confirmed a cause yet. Next update: TODO.",
    ]
  }
}
