import AnalysisPipeline
import ArgumentParser

/// `oncall-analyze patterns`
struct PatternsCommand: AnalyzeCommand {
  static let configuration = CommandConfiguration(
    commandName: "patterns",
    abstract: "Print the templates that log lines share, with counts, new ones first.",
    discussion: """
      INPUT is a bundle or a plain log file. A value in a line is <*> in its template. Of a log \
      file, csv has a row for each line: its number, the pattern's id, the template.
      """)

  @Argument(help: "A bundle (*.incident.tar.gz) or a log file of any format.")
  var input: String

  @Option(help: "What standard output gets: table, json or csv.")
  var format: PatternFormat = .table

  @OptionGroup var threading: ThreadOptions

  func result() throws(AnalysisFailure) -> CommandResult {
    try AnalysisCommands.patterns(
      path: input, threads: threading.count, format: format, as: StandardStreams.presentation(.text)
    )
  }
}

extension PatternFormat: ExpressibleByArgument {}
