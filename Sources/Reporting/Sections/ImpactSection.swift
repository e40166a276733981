import Detection
import Reasoning
import Telemetry

/// What the incident did to users, as far as the findings say.
struct ImpactSection: ReportSection {
  let title = "Impact"

  func body(in context: ReportContext) -> [String] {
    context.forEachIncident { explained in
      let incident = explained.incident
      let end = incident.endedAt ?? context.analysis.bundle.replayedTo
      let length = TimeText.span(end - incident.startedAt)
      let services = incident.services.map { MarkdownText.escaped($0, limit: 64) }
      return [
        "- **Duration:** \(length)\(incident.endedAt == nil ? ", and not over when the data ends" : "")",
        "- **Services, worst first:** \(services.isEmpty ? "none named" : Wording.list(services))",
        "- **Score at its highest:** \(Quantity.score(incident.peakScore)) of 100 at "
          + "\(context.times.time(incident.peakAt)) UTC",
        "- **Failed requests:** not counted by this version; error budgets below where recorded",
      ] + budgets(of: incident, context)
    }
  }

  /// The worst finding about error budgets for each service.
  private func budgets(of incident: Incident, _ context: ReportContext) -> [String] {
    var services: [String] = []
    var lines: [String] = []
    for finding in context.membersByStrength(of: incident) where finding.kind == .error {
      let service = finding.service ?? finding.entity.name
      guard !services.contains(where: { $0.hasSameBytes(as: service) }) else { continue }
      services.append(service)
      lines.append("  - \(context.sentence(finding))")
    }
    return Array(lines.prefix(8))
  }
}
