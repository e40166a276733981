import ArgumentParser
import Conformance

/// `oncall-conformance promql`
struct PromQLSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promql",
    abstract: "Runs scripts in Prometheus's test language (.test) against the PromQL engine.")

  @Flag(name: .customLong("list"), help: "Also name every statement that stands apart, and why.")
  var listsApart = false

  @Argument(help: "A folder of .test files, or one of them.")
  var path: String

  func run() throws {
    let report = try SuiteReport(runningScriptsAt: path)
    print(report.text(listsApart: listsApart), terminator: "")
    if !report.isClean { throw ExitCode.failure }
  }
}
