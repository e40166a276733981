import ArgumentParser

/// Runs the test suites of other projects against our engines; `tools/conformance` runs it.
@main
struct OncallConformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall-conformance",
    abstract: "Runs public test suites against the query engines and prints what passed.",
<<<<<<< HEAD
    subcommands: [PromQLSuite.self, RulesSuite.self])
=======
    subcommands: [PromQLSuite.self, RecordingsSuite.self])
>>>>>>> e4c45a5aa919c1c87cef069580c7c42a271ebbd8
}
