import AnalysisPipeline
import ArgumentParser

/// The root of the command line.
struct OncallAnalyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall-analyze",
    abstract: "Turns a recorded incident into a post-incident report, offline.",
    discussion: """
      A BUNDLE is one file, made by `oncall-capture`: *.incident.tar.gz. Nothing else is read, no \
      network is used, and the same bundle gives the same report on any machine.

      Begin with:  oncall-analyze report x.incident.tar.gz -o out

      Exit codes: 0 done; 1 done and the answer is no; 2 mistake in flags or policies; 3 the \
      bundle cannot be read; 4 refused for safety; 5 done, but part of the bundle was damaged.
      """,
    version: AnalysisCommands.version,
    subcommands: [
      ReportCommand.self, ScoreCommand.self, TimelineCommand.self, VerifyCommand.self,
      PatternsCommand.self, QueryCommand.self, RulesCommand.self, InspectCommand.self,
    ])
}

/// Starts the program; the only place where it ends.
@main
enum EntryPoint {
  static func main() {
    do {
      var command = try OncallAnalyze.parseAsRoot()
      guard let runnable = command as? any AnalyzeCommand else {
        try command.run()
        return
      }
      let result = try runnable.result()
      StandardStreams.finish(result)
    } catch let failure as AnalysisFailure {
      StandardStreams.fail(failure)
    } catch {
      endParsing(error)
    }
  }

  /// Prints help or the version, or what is wrong with the flags.
  private static func endParsing(_ error: any Error) {
    guard OncallAnalyze.exitCode(for: error) != .success else {
      OncallAnalyze.exit(withError: error)
    }
    var message = OncallAnalyze.message(for: error).split(separator: "\n").joined(separator: " ")
    while message.last == "." { message.removeLast() }
    StandardStreams.fail(
      .badPlan(reason: "\(message); `oncall-analyze --help` lists commands and flags"))
  }
}

/// A subcommand: flags that become one call of the pipeline.
protocol AnalyzeCommand: ParsableCommand {
  func result() throws(AnalysisFailure) -> CommandResult
}
