internal import Foundation
import Policies
import Reasoning
import Reporting

extension AnalysisCommands {
  /// Holds the analysis of a bundle against what was expected of it.
  ///
  /// The exit code is 1 when an expectation was not met, 5 when all were on a damaged bundle.
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
    return result(
      of: outcome, plan, presentation, isAnswerNo: !verification.isPassed
    ) { style in
      VerificationListing.lines(of: verification, style: style)
    } json: {
      VerificationListing.json(of: verification)
    }
  }

  private static func read(_ path: String) throws(AnalysisFailure) -> Expectations {
    let text = try TextFile.read(path, flag: "--expect")
    do {
      return try Expectations(text: text, file: path)
    } catch {
      throw .badPolicies(error)
    }
  }
}
