import Reasoning

/// Prompts for the people who were there. Nothing here is filled in by the tool.
struct LessonsSection: ReportSection {
  let title = "Lessons"

  func body(in context: ReportContext) -> [String] {
    guard !context.analysis.incidents.isEmpty else { return [] }
    return [
      "- What went well: TODO",
      "- What went wrong: TODO",
      "- Where we got lucky: TODO",
    ]
  }
}

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
