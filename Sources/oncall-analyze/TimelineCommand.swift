import AnalysisPipeline
import ArgumentParser

/// `oncall-analyze timeline`
struct TimelineCommand: AnalyzeCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Print what happened when, one line each, with the evidence.")

  @OptionGroup var options: BundleOptions

  @OptionGroup var formatting: FormatOptions

  func result() throws(AnalysisFailure) -> CommandResult {
    try AnalysisCommands.timeline(options.plan, as: formatting.presentation)
  }
}
