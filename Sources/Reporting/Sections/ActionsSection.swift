import Reasoning

/// The table of actions, for people to fill in.
struct ActionsSection: ReportSection {
  let title = "Action items"

  func body(in context: ReportContext) -> [String] {
    guard !context.analysis.incidents.isEmpty else { return [] }
    let blind = context.analysis.coverage.gaps.contains(where: \.losesEvidence)
    return [
      "| Action | Kind | Owner | Due |", "|---|---|---|---|",
      "| Confirm or refute the leading hypothesis | suggested: investigate | TODO | TODO |",
    ] + (blind ? ["| Close the gaps of the capture | suggested: prepare | TODO | TODO |"] : [])
      + ["| TODO | TODO | TODO | TODO |"]
  }
}
