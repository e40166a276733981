import Reasoning

/// Read-only checks that would tell more; a person decides about anything that changes a system.
struct ChecksSection: ReportSection {
  let title = "Next checks"

  func body(in context: ReportContext) -> [String] {
    let checks = context.forEachIncident { explained in
      var shown: [String] = []
      return explained.hypotheses.prefix(3).flatMap { hypothesis -> [String] in
        let fresh = hypothesis.nextChecks.filter { !shown.contains($0) }.prefix(4)
        shown += fresh
        return fresh.map { "- For hypothesis \(hypothesis.rank): \(Self.text($0))" }
      }
    }
    guard !context.analysis.incidents.isEmpty else { return [] }
    return (checks.isEmpty ? ["No check is suggested."] : checks)
      + ["", "Rollback options: none suggested by this version; a person decides."]
  }

  /// A check as text; the command before ` # ` as code.
  private static func text(_ check: String) -> String {
    let parts = check.split(separator: " # ", maxSplits: 1)
    guard parts.count == 2, let command = parts.first, let purpose = parts.last else {
      return MarkdownText.escaped(check)
    }
    let trimmed = command.reversed().drop { $0 == " " }.reversed()
    return "\(MarkdownText.code(String(trimmed))): \(MarkdownText.escaped(String(purpose)))"
  }
}
