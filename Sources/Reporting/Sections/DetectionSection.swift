import Detection
import Reasoning
import Telemetry

/// How the incident could be noticed, and how it was.
struct DetectionSection: ReportSection {
  let title = "Detection"

  func body(in context: ReportContext) -> [String] {
    context.forEachIncident { explained in
      let incident = explained.incident
      let members = context.membersAtServices(of: incident)
      let symptom = members.first { $0.kind == .error }
      var lines = members.prefix(1).map { line("First evidence", $0, context) }
      if let symptom, symptom.id != members.first?.id {
        lines.append(line("First symptom at a service", symptom, context))
      }
      let gap = TimeText.span(incident.detectedAt - incident.startedAt)
      lines.append(
        "- **Evident from the data:** \(context.times.time(incident.detectedAt)) UTC, "
          + "\(gap) after the start")
      return lines + alerts(during: incident, context)
    }
  }

  private func line(_ name: String, _ finding: Finding, _ context: ReportContext) -> String {
    "- **\(name):** \(context.times.time(finding.interval.start)) UTC, known at "
      + "\(context.times.time(finding.knownAt)): \(context.sentence(finding))"
      + (finding.peakAt > finding.knownAt
        ? " Its numbers are of the whole time it held, worst at "
          + "\(context.times.time(finding.peakAt))." : "")
  }

  private func alerts(during incident: Incident, _ context: ReportContext) -> [String] {
    let end = incident.endedAt ?? context.analysis.bundle.replayedTo
    let alerts = context.analysis.alerts.filter {
      $0.lastFiring >= incident.startedAt && $0.firstFired <= end
    }
    guard let first = alerts.first else {
      return ["- **Recorded alerts:** none fired during the incident"]
    }
    let delay = first.firstFired - incident.startedAt
    let offset =
      delay < .zero
      ? "already firing when it began" : "\(TimeText.span(delay)) after the start"
    let groups = AlertGroup.groups(alerts)
    return ["- **First recorded alert:** \(offset)"]
      + groups.prefix(8).map { "  - \(text($0, context))" }
      + (groups.count > 8 ? ["  - and \(groups.count - 8) more"] : [])
  }

  private func text(_ group: AlertGroup, _ context: ReportContext) -> String {
    let severity = group.severity.isEmpty ? "" : " (\(group.severity))"
    let name = MarkdownText.escaped("\(group.name)\(severity)", limit: 120)
    let times = context.times.interval(group.firstFired, group.lastFiring)
    let count = group.alerts > 1 ? "\(group.alerts) of them, " : ""
    return "\(name): \(count)\(times)\(context.citation(group.evidence, limit: 3))"
  }
}
