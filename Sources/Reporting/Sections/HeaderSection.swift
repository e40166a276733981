import Canonical
import Detection
import Reasoning
import Telemetry

/// The report's title and the facts that identify it. The only section whose title is a claim.
struct HeaderSection: Sendable {
  func lines(in context: ReportContext) -> [String] {
    let analysis = context.analysis
    var lines = ["# \(title(analysis))", ""]
    lines += analysis.incidents.flatMap { incidentFacts($0.incident, context) }
    if analysis.verdict == .incident { lines += ["- **Status:** Draft", "- **Authors:** TODO"] }
    lines.append("- **Window:** \(window(analysis.bundle))")
    lines.append("- **Redaction:** \(Wording.redaction(analysis.bundle))")
    if let zone = analysis.bundle.displayTimeZone {
      lines.append(
        "- **Time zone of the incident:** \(MarkdownText.escaped(zone, limit: 64));"
          + " times in this report are UTC")
    }
    return lines + [""]
  }

  private func title(_ analysis: Analysis) -> String {
    let date = TimeText.date(
      analysis.incidents.first?.incident.startedAt ?? analysis.bundle.window.start)
    switch analysis.verdict {
    case .noIncident: return "No incident found, \(date)"
    case .inconclusive: return "Inconclusive: not enough data for an answer, \(date)"
    case .incident:
      let services = analysis.incidents.first?.incident.services ?? []
      let names = services.prefix(3).map { MarkdownText.escaped($0, limit: 64) }
      return "Incident report: "
        + (names.isEmpty ? "" : "\(Wording.list(names)), ") + date
    }
  }

  private func incidentFacts(_ incident: Incident, _ context: ReportContext) -> [String] {
    let length = (incident.endedAt ?? context.analysis.bundle.replayedTo) - incident.startedAt
    let interval = context.times.interval(incident.startedAt, incident.endedAt)
    return [
      "- **Incident:** \(MarkdownText.escaped(incident.id)), severity \(incident.severity.rawValue)",
      "- **Interval:** \(interval) (\(incident.endedAt == nil ? "at least " : "")"
        + "\(TimeText.span(length)))",
    ]
  }

  private func window(_ bundle: BundleIdentity) -> String {
    let whole = "\(TimeText.full(bundle.window.start)) to \(TimeText.full(bundle.window.end))"
    guard bundle.replayedTo < bundle.window.end else { return whole }
    return whole + "; replayed up to \(TimeText.full(bundle.replayedTo)) only"
  }
}
