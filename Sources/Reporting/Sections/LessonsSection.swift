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
