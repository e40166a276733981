import Canonical
import Reasoning

/// The leading hypothesis with its reason, and the runner-up.
struct VerdictSection: ReportSection {
  let title = "Verdict"

  func body(in context: ReportContext) -> [String] {
    let reason = MarkdownText.escaped(context.analysis.verdictReason)
    let verdict = "**\(Wording.verdict(context.analysis.verdict))**: \(reason)"
    let incidents = context.forEachIncident { explained in
      explained.hypotheses.prefix(2).flatMap { hypothesis -> [String] in
        [hypothesis.rank == 1 ? lead(hypothesis, context) : runnerUp(hypothesis, context)]
      }
    }
    return [verdict, ""] + incidents
  }

  private func lead(_ lead: Hypothesis, _ context: ReportContext) -> String {
    let confidence = Canonical.text(lead.confidence, decimals: 2)
    return "- **\(Wording.label(lead.label)):** \(MarkdownText.escaped(Wording.claim(lead))). "
      + "\(context.sentence(lead.reason, citing: lead.supporting, limit: 512)) "
      + "Confidence \(confidence), not calibrated: use it to compare hypotheses, not as a chance."
  }

  private func runnerUp(_ second: Hypothesis, _ context: ReportContext) -> String {
    "- **Runner-up:** \(MarkdownText.escaped(Wording.claim(second))), confidence "
      + "\(Canonical.text(second.confidence, decimals: 2))\(context.citation(second.supporting))."
  }
}
