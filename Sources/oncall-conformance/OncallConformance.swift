import ArgumentParser

/// Runs the test suites of other projects against our engines; `tools/conformance` runs it.
@main
struct OncallConformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall-conformance",
    abstract: "Runs public test suites against the engines and prints what passed.",
    subcommands: [
      PromQLSuite.self, RulesSuite.self, RecordingsSuite.self, LogQLSuite.self, AlertsSuite.self,
      LogsCommand.self,
    ])
}
