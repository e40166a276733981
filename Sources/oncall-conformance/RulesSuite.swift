import ArgumentParser
import Conformance

/// `oncall-conformance rules`
struct RulesSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Runs promtool's unit tests of rules (.yml) through the rule replay.")

  @Argument(help: "A folder of unit tests and the rule files they name.")
  var folder: String

  func run() throws {
    let suite = try RuleSuite(runningTestsIn: folder)
    print(suite.text, terminator: "")
    if !suite.isClean { throw ExitCode.failure }
  }
}
