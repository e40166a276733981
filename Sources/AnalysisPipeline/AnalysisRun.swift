import Reasoning

/// Runs every stage.
enum AnalysisRun {
  static func analyze(_ plan: AnalysisPlan) throws(AnalysisFailure) -> AnalysisOutcome {
    throw .badPlan(reason: "not wired yet")
  }
}
