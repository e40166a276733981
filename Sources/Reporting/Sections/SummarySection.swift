import Canonical
import Detection
import Reasoning
import Telemetry

/// The answer in at most five lines.
struct SummarySection: ReportSection {
  let title = "Summary"

  func body(in context: ReportContext) -> [String] {
    let analysis = context.analysis
    var lines: [String] = []
    if let first = analysis.incidents.first {
      lines = [whatHappened(first.incident, context), peak(context), lead(first, context)]
      if analysis.incidents.count > 1 {
        let others = analysis.incidents.count - 1
        lines.append(
          "\(Quantity.count(others, "further incident")) in the same window; see below.")
      }
    } else {
      lines = [MarkdownText.escaped(analysis.verdictReason), peak(context)]
    }
    lines += [coverage(analysis.coverage), damage(analysis.coverage)]
    return lines.filter { !$0.isEmpty }.map { "- \($0)" }
  }

  private func whatHappened(_ incident: Incident, _ context: ReportContext) -> String {
    let services = incident.services.map { MarkdownText.escaped($0, limit: 64) }
    let subject = services.isEmpty ? "no service that could be named" : Wording.list(services)
    return "A \(incident.severity.rawValue) incident affected \(subject): "
      + "\(context.times.interval(incident.startedAt, incident.endedAt)), "
      + "first evident at \(context.times.time(incident.detectedAt)) UTC."
  }

  private func peak(_ context: ReportContext) -> String {
    guard let peak = context.analysis.score.peak else {
      return "No score: the window holds no step to score."
    }
    return "Incident score: peak \(ScoreText.score(of: peak)), "
      + "at \(context.times.time(peak.time)) UTC."
  }

  private func lead(_ explained: ExplainedIncident, _ context: ReportContext) -> String {
    guard let lead = explained.hypotheses.first else { return "" }
    return "\(Wording.label(lead.label)): \(MarkdownText.escaped(Wording.claim(lead)))"
      + "\(context.citation(lead.supporting, limit: 3))."
  }

  private func damage(_ coverage: Coverage) -> String {
    let damaged = coverage.gaps.filter { $0.code == .damaged || $0.code == .missingFile }.count
    guard damaged > 0 else { return "" }
    return "\(Quantity.count(damaged, "file")) of the bundle damaged or missing: this report rests "
      + "on the others."
  }

  private func coverage(_ coverage: Coverage) -> String {
    let losing = coverage.gaps.filter(\.losesEvidence).count
    guard losing > 0 else { return "Coverage: \(coverage.verdict.rawValue)." }
    return "Coverage: \(coverage.verdict.rawValue); \(Quantity.count(losing, "gap")) may hide "
      + "evidence, see [What we could not see](#what-we-could-not-see)."
  }
}
