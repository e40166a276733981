import Foundation
import Testing

@testable import Conformance

/// Prometheus's own scripts, read in place.
@Suite struct PromQLSuitesTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/suites/promqltest").path
  private static let isThere = FileManager.default.fileExists(atPath: folder)

  @Test(
    .enabled(if: isThere, "../shared/suites/promqltest is not here"),
    arguments: [
      "aggregators", "at_modifier", "collision", "functions", "histograms", "limit", "literals",
      "name_label_dropping", "operators", "range_queries", "selectors", "staleness", "subquery",
      "trig_functions",
    ])
  func everyStatementThatCountsPasses(script: String) throws {
    let report = try SuiteReport(runningScriptsAt: "\(Self.folder)/\(script).test")
    #expect(report.files.allSatisfy { !$0.outcomes.isEmpty })
    #expect(report.isClean, "\(report.text(listsApart: false))")
  }
}
