import Reasoning

/// Read-only checks that would tell more; a person decides about anything that changes a system.
struct ChecksSection: ReportSection {
  let title = "Next checks"

  func body(in context: ReportContext) -> [String] {
    let checks = context.forEachIncident { explained in
      explained.hypotheses.prefix(3).flatMap { hypothesis -> [String] in
        hypothesis.nextChecks.prefix(4).map {
          "- For hypothesis \(hypothesis.rank): \(MarkdownText.escaped($0))"
        }
      }
    }
    guard !context.analysis.incidents.isEmpty else { return [] }
    return (checks.isEmpty ? ["No check is suggested."] : checks)
      + ["", "Rollback options: none suggested by this version; a person decides."]
  }
}
