import Canonical
import Detection
import Reasoning
import Telemetry

/// What `report` says on a terminal: the answer, the plot, the coverage, and where the files are.
public enum ReportSummary {
  /// The lines of the summary.
  ///
  /// - Parameters:
  ///   - directory: Where the files are, as the user wrote it.
  ///   - files: Names of the files in it.
  public static func lines(
    of analysis: Analysis, directory: String, files: [String], style: TerminalStyle
  ) -> [String] {
    let plot = PlotText.lines(
      analysis.score, incidents: analysis.incidents.map(\.incident), style: style)
    return answer(analysis, style) + [""] + peak(analysis, style)
      + (plot.isEmpty ? [] : [""] + plot) + [""] + coverage(analysis.coverage, style)
      + (analysis.bundle.redactedValues == nil
        ? style.wrapped("Redaction: \(Wording.redaction(analysis.bundle))").map {
          style.paint($0, .warning)
        } : [])
      + style.wrapped("Files in \(directory): \(files.joined(separator: ", "))", limit: 4096)
  }

  private static func answer(_ analysis: Analysis, _ style: TerminalStyle) -> [String] {
    switch analysis.verdict {
    case .noIncident:
      return [style.paint("No incident found", .good)] + reason(analysis, style)
    case .inconclusive:
      return [style.paint("Inconclusive", .warning)] + reason(analysis, style)
    case .incident:
      let incidents = analysis.incidents.flatMap { incident($0, analysis.bundle, style) }
      return incidents.isEmpty ? ["Incident"] + reason(analysis, style) : incidents
    }
  }

  private static func reason(_ analysis: Analysis, _ style: TerminalStyle) -> [String] {
    style.wrapped(analysis.verdictReason, indent: "  ")
  }

  private static func incident(
    _ explained: ExplainedIncident, _ bundle: BundleIdentity, _ style: TerminalStyle
  ) -> [String] {
    let incident = explained.incident
    let times = TimeText(window: bundle.window)
    let length = TimeText.span((incident.endedAt ?? bundle.replayedTo) - incident.startedAt)
    let services = incident.services.isEmpty ? "no service named" : Wording.list(incident.services)
    let heading = PlainText.line("Incident, \(incident.severity.rawValue): \(services)")
    let interval =
      "\(TimeText.date(incident.startedAt)) "
      + times.interval(incident.startedAt, incident.endedAt)
      + " (\(incident.endedAt == nil ? "at least " : "")\(length)), "
      + "evident at \(times.time(incident.detectedAt)) UTC"
    return [style.paint(heading, .bad)] + style.wrapped(interval, indent: "  ")
      + (explained.hypotheses.first.map { lead($0, style) } ?? [])
  }

  private static func lead(_ lead: Hypothesis, _ style: TerminalStyle) -> [String] {
    let confidence = Canonical.text(lead.confidence, decimals: 2)
    let claim =
      "\(Wording.label(lead.label)): \(Wording.claim(lead)) "
      + "(confidence \(confidence), not calibrated)"
    return style.wrapped(claim, indent: "  ") + style.wrapped(lead.reason, indent: "    ")
  }

  private static func peak(_ analysis: Analysis, _ style: TerminalStyle) -> [String] {
    guard let peak = analysis.score.peak else { return ["No score: no step to score."] }
    return style.wrapped(
      "Incident score: peak \(ScoreText.score(of: peak)), at \(TimeText.full(peak.time))")
  }

  private static func coverage(_ coverage: Coverage, _ style: TerminalStyle) -> [String] {
    let losing = coverage.gaps.filter(\.losesEvidence).count
    let rest = coverage.gaps.count - losing
    var text = "Coverage \(coverage.verdict.rawValue)"
    if losing > 0 { text += ", \(Quantity.count(losing, "gap")) may hide evidence" }
    if rest > 0 { text += ", \(Quantity.count(rest, "gap")) without loss" }
    return style.wrapped(text).map { losing > 0 ? style.paint($0, .warning) : $0 }
  }
}
