import AnalysisPipeline
import ArgumentParser

/// `oncall-analyze inspect`
struct InspectCommand: AnalyzeCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Print what a bundle holds, what it lacks, and whether it is intact.",
    discussion: "Reads every entry and compares its checksum with the manifest.")

  @Argument(help: "The bundle: a *.incident.tar.gz that oncall-capture wrote.")
  var bundle: String

  @OptionGroup var threading: ThreadOptions

  @OptionGroup var formatting: FormatOptions

  func result() throws(AnalysisFailure) -> CommandResult {
    try AnalysisCommands.inspect(
      path: bundle, threads: threading.count, as: formatting.presentation)
  }
}
