import ArgumentParser

/// Runs the test suites of other projects against our engines; `tools/conformance` runs it.
@main
struct OncallConformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall-conformance",
<<<<<<< HEAD
    abstract: "Runs public test suites against the query engines and prints what passed.",
    subcommands: [PromQLSuite.self, RulesSuite.self, RecordingsSuite.self, LogQLSuite.self])
=======
    abstract: "Runs public test suites against the engines and prints what passed.",
    subcommands: [PromQLSuite.self, RulesSuite.self, RecordingsSuite.self, LogsCommand.self])
>>>>>>> 48be3cd829dd71a4c3e0671c0ba353ee9e0cfdfa
}
