internal import Foundation
import Policies
import Reasoning
import Reporting

extension AnalysisCommands {
  /// Holds the analysis of a bundle against what was expected of it.
  ///
  /// The exit code says whether every expectation was met; damage of the bundle is only a note then.
  ///
  /// - Parameters:
  ///   - expectations: The path of the file of expectations.
  ///   - junit: Where a JUnit report goes as well, or nil.
  public static func verify(
    _ plan: AnalysisPlan, against expectations: String, junit: String?,
    as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    let expected = try read(expectations)
    let outcome = try AnalysisRun.analyze(plan)
    let verification = Verification(of: outcome.analysis, against: expected)
    if let junit {
      let place = URL(fileURLWithPath: junit)
      try OutputDirectory(path: place.deletingLastPathComponent().path).write([
        ReportFile(
          name: place.lastPathComponent,
          bytes: JUnitReport.xml(
            of: verification, suite: URL(fileURLWithPath: plan.bundlePath).lastPathComponent))
      ])
    }
    let output =
      presentation.format == .json
      ? VerificationListing.json(of: verification)
      : text(VerificationListing.lines(of: verification, style: presentation.style))
    return CommandResult(
      output: output, damaged: outcome.damagedFiles, path: plan.bundlePath,
      isAnswerNo: !verification.isPassed)
  }

  private static func read(_ path: String) throws(AnalysisFailure) -> Expectations {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self)
    else { throw .badPlan(reason: "--expect \(path): cannot be read as UTF-8 text") }
    do {
      return try Expectations(text: text, file: path)
    } catch {
      throw .badPolicies(error)
    }
  }
}
