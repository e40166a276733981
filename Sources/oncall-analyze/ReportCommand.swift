import AnalysisPipeline
import ArgumentParser

/// `oncall-analyze report`
struct ReportCommand: AnalyzeCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the post-incident report of a bundle.",
    discussion: """
      Writes report.md, analysis.json, timeline.csv and incident-score.md into DIR, all of them or \
      none, and prints a summary. Start with report.md. Other files in DIR are left alone.
      """)

  @OptionGroup var options: BundleOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Where the files go; created when it is missing.", valueName: "dir"))
  var output: String = "out"

  @OptionGroup var formatting: FormatOptions

  func result() throws(AnalysisFailure) -> CommandResult {
    try AnalysisCommands.report(options.plan, into: output, as: formatting.presentation)
  }
}
