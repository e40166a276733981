import ArgumentParser

/// Measures the tools against public suites; started by `tools/conformance`.
@main
struct OncallConformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Measures parts of the tools against public suites.",
    subcommands: [LogsCommand.self])
}
