import Detection
import Reasoning
import Telemetry

/// What came together: changes before the start, the first thing that failed, limits reached.
///
/// The section orders facts in time; it does not say that one caused the other.
struct FactorsSection: ReportSection {
  let title = "Contributing factors"

  private static let limit = 5

  func body(in context: ReportContext) -> [String] {
    context.forEachIncident { explained in
      let incident = explained.incident
      let members = context.membersAtServices(of: incident)
      let changes = context.analysis.findings.filter {
        $0.kind == .amend && $0.interval.start <= incident.detectedAt
      }
      let first = members.filter { $0.kind == .failure || $0.kind == .error }.prefix(1)
      let limits = context.membersByStrength(of: incident).filter { $0.kind == .saturation }
      return factor(
        "Changes before it was evident (possible triggers)", changes.reversed(), context)
        + factor("First failure", Array(first), context)
        + factor("Limits reached", limits, context)
        + ["- **Root cause:** not established by this report; see the hypotheses below."]
    }
  }

  private func factor(
    _ name: String, _ findings: [Finding], _ context: ReportContext
  ) -> [String] {
    guard !findings.isEmpty else { return ["- **\(name):** none found in the bundle"] }
    let lines = findings.prefix(Self.limit).map {
      "  - \(context.times.time($0.interval.start)) UTC: \(context.sentence($0))"
    }
    let rest = findings.count - lines.count
    return ["- **\(name):**"] + lines + (rest > 0 ? ["  - and \(rest) more"] : [])
  }
}
