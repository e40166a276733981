import Detection
import Reasoning
import Telemetry

/// How the incident could be noticed, and how it was.
struct DetectionSection: ReportSection {
  let title = "Detection"

  func body(in context: ReportContext) -> [String] {
    context.forEachIncident { explained in
      let incident = explained.incident
      let members = incident.findings.compactMap(context.finding)
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
    return ["- **First recorded alert:** \(offset)"]
      + alerts.prefix(10).map { "  - \(alertText($0, context))" }
      + (alerts.count > 10 ? ["  - and \(alerts.count - 10) more"] : [])
  }

  private func alertText(_ alert: AlertRecord, _ context: ReportContext) -> String {
    let labels = alert.labels.labels.filter { $0.name != "alertname" && $0.name != "severity" }
      .prefix(4).map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    let severity = alert.severity.isEmpty ? "" : ", severity \(alert.severity)"
    let name = MarkdownText.escaped(
      "\(alert.name)\(severity)\(labels.isEmpty ? "" : ", \(labels)")", limit: 240)
    return "\(name): \(context.times.interval(alert.firstFired, alert.lastFiring))"
      + context.citation(alert.evidence.isEmpty ? [] : [alert.evidence])
  }
}
