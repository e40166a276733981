import AnalysisPipeline
import ArgumentParser

/// `oncall-analyze score`
struct ScoreCommand: AnalyzeCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Print the incident score from 0 to 100, its parts and its timeline.")

  @OptionGroup var options: BundleOptions

  @Option(help: "The score model; v2 is the only one in this version.")
  var model: ScoreModel = .v2

  @OptionGroup var formatting: FormatOptions

  func result() throws(AnalysisFailure) -> CommandResult {
    try AnalysisCommands.score(options.plan, as: formatting.presentation)
  }

  func validate() throws {
    guard model == .v2 else {
      throw ValidationError("--model seed is not part of this version; use --model v2")
    }
  }
}

/// The score models that the command line names.
enum ScoreModel: String, ExpressibleByArgument, CaseIterable {
  case v2, seed

  /// The models that help offers.
  static var allValueStrings: [String] { [v2.rawValue] }
}
