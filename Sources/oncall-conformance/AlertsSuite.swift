import AnalysisPipeline
import ArgumentParser
import Reporting
import Telemetry

/// `oncall-conformance alerts`
struct AlertsSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: "Compares the alerts that real servers recorded with replays of their rules.",
    discussion: """
      Of every export or bundle: the recorded rules replayed over the recorded series, beside the \
      recorded ALERTS. Firing intervals agree when both ends lie within one evaluation interval, \
      as far as the grid of the recording tells. Exits with 1 when fewer than nine in ten agree.
      """)

  @OptionGroup var recorded: RecordedInputs

  func run() throws {
    var (agreements, all) = (0, 0)
    try recorded.forEach { name, bundle in
      let backtest = try RulesRun.backtest(RulesPlan(bundlePath: bundle, ruleFiles: [])).backtest
      let differences = backtest.differences
      print("\(name): \(backtest.agreements) of \(backtest.agreements + differences.count) agree")
      for (labels, explanation) in differences {
        let pairs = labels.labels.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
        print("  \(pairs)\n    \(explanation)")
      }
      agreements += backtest.agreements
      all += backtest.agreements + differences.count
    }
    print("all: \(agreements) of \(all) firing intervals agree")
    guard all > 0, agreements * 10 >= all * 9 else { throw ExitCode.failure }
  }
}
