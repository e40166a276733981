import Detection
import Reasoning
import Telemetry

/// What the incident did to users, as far as the findings say.
struct ImpactSection: ReportSection {
  let title = "Impact"

  private static let limit = 8

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
      ] + failedRequests(of: incident, context)
    }
  }

  /// The worst finding about error budgets for each service.
  private func failedRequests(of incident: Incident, _ context: ReportContext) -> [String] {
    var services: [String] = []
    var lines: [String] = []
    for finding in context.membersByStrength(of: incident) where finding.unit == "burn rate" {
      let service = finding.service ?? finding.entity.name
      guard !services.contains(where: { $0.hasSameBytes(as: service) }) else { continue }
      services.append(service)
      lines.append("  - \(context.sentence(finding))")
    }
    guard !lines.isEmpty else {
      return withoutFailures(of: incident, context)
    }
    let rest = lines.count - Self.limit
    return ["- **Failed requests:**"] + lines.prefix(Self.limit)
      + (rest > 0 ? ["  - and \(Quantity.count(rest, "more service"))"] : [])
  }

  /// What hurt when no service burned its error budget, or that requests could not be judged.
  private func withoutFailures(of incident: Incident, _ context: ReportContext) -> [String] {
    let isJudged = context.analysis.detectors.contains {
      $0.detector == "slo-burn" && $0.state == .normal
    }
    guard isJudged else {
      return ["- **Failed requests:** unknown; the bundle holds no request counters to judge"]
    }
    let hurt = context.membersByStrength(of: incident).filter { finding in
      finding.kind == .anomaly || finding.kind == .failure
    }
    return ["- **Failed requests:** few; no service burned its error budget. What hurt:"]
      + hurt.prefix(Self.limit).map { "  - \(context.sentence($0))" }
  }
}
