import AnalysisPipeline
import ArgumentParser

/// `oncall-analyze verify`
struct VerifyCommand: AnalyzeCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a recorded incident against what its analysis must find.",
    discussion: """
      The file of expectations is YAML or JSON; only what it says is checked:

        verdict: incident
        incident: {startsWithin: ["2026-03-01T10:05:00Z", "2026-03-01T10:12:00Z"], \
      detectedBefore: "2026-03-01T10:20:00Z", peakScoreAtLeast: 60}
        hypothesis: {serviceInTop: {name: cart, k: 1}, causeInTop: {name: memory-leak-oom, k: 1}}
        alerts: [{name: ErrorBudgetBurn, firedBy: "2026-03-01T10:15:00Z"}]

      Also known: incident.endsWithin, incident.peakScoreAtMost, newLogPatterns, a list of parts \
      of templates or lines, and states, a list of parts of sentences that findings must state. What \
      is expected of an incident and its hypothesis is looked for in one incident: the first with \
      the expected times, or else the first. Exit code 0 when all are met, 1 when not, 5 when all \
      are met on a damaged bundle.
      """)

  @OptionGroup var options: BundleOptions

  @Option(help: ArgumentHelp("The file of expectations.", valueName: "file"))
  var expect: String

  @Option(help: ArgumentHelp("Also write the outcome as JUnit XML.", valueName: "file"))
  var junit: String?

  @OptionGroup var formatting: FormatOptions

  func result() throws(AnalysisFailure) -> CommandResult {
    try AnalysisCommands.verify(
      options.plan, against: expect, junit: junit, as: formatting.presentation)
  }
}
