import Reasoning
import Reporting
import Telemetry

/// The commands of `oncall-analyze`, from a plan to bytes. Nothing is printed here.
public enum AnalysisCommands {
  /// The version that `--version` prints and every report names.
  public static let version = ToolIdentity.version

  /// Writes the report of a bundle into `directory`: every file or none.
  public static func report(
    _ plan: AnalysisPlan, into directory: String, as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    let output = OutputDirectory(path: directory)
    try output.check()
    let outcome = try AnalysisRun.analyze(plan)
    let files = ReportFile.all(of: outcome.analysis)
    try output.write(files)
    return result(of: outcome, plan, presentation) { style in
      ReportSummary.lines(
        of: outcome.analysis, directory: directory, files: files.map(\.name), style: style)
    } json: {
      AnalysisDocument.json(of: outcome.analysis)
    }
  }

  /// The score, its parts and its timeline.
  public static func score(
    _ plan: AnalysisPlan, as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    let outcome = try AnalysisRun.analyze(plan, isFull: false)
    return result(of: outcome, plan, presentation) { style in
      ScoreListing.lines(of: outcome.analysis, style: style)
    } json: {
      ScoreListing.json(of: outcome.analysis)
    }
  }

  /// What happened when.
  public static func timeline(
    _ plan: AnalysisPlan, as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    let outcome = try AnalysisRun.analyze(plan, isFull: false)
    return result(of: outcome, plan, presentation) { style in
      ChronicleListing.lines(of: outcome.analysis, style: style)
    } json: {
      ChronicleListing.json(of: outcome.analysis)
    }
  }

  /// What is in a bundle, and whether it is intact.
  public static func inspect(
    path: String, threads: Int, as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    let inspection = try InspectionRun.inspect(path: path, threads: threads)
    let output =
      presentation.format == .json
      ? InspectionDocument.json(of: inspection)
      : text(InspectionListing.lines(of: inspection, style: presentation.style))
    return CommandResult(output: output, damaged: inspection.damages.count, path: path)
  }

  static func result(
    of outcome: AnalysisOutcome, _ plan: AnalysisPlan, _ presentation: Presentation,
    isAnswerNo: Bool = false, lines: (TerminalStyle) -> [String], json: () -> [UInt8]
  ) -> CommandResult {
    let output = presentation.format == .json ? json() : text(lines(presentation.style))
    return CommandResult(
      output: output, damaged: outcome.damagedFiles, path: plan.bundlePath,
      isAnswerNo: isAnswerNo, remarks: outcome.failedRules)
  }

  static func text(_ lines: [String]) -> [UInt8] {
    Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}
