import AnalysisPipeline
import ArgumentParser
import CapturePipeline
import Foundation
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
      as far as the grid of the recording tells.
      """)

  @Argument(help: "Exports (.tar.gz) or bundles (.incident.tar.gz).")
  var inputs: [String]

  func run() throws {
    let work = FileManager.default.temporaryDirectory
      .appendingPathComponent("alerts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    var (agreements, all) = (0, 0)
    for input in inputs {
      let name = String(input.split(separator: "/").last ?? "").components(separatedBy: ".")[0]
      var bundle = input
      if !input.hasSuffix(".incident.tar.gz") {
        bundle = work.appendingPathComponent("\(name).incident.tar.gz").path
        _ = try FilesImport.run(ImportPlan(paths: [input], output: bundle))
      }
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
  }
}
