import Reporting

/// How `patterns` shows its result.
public enum PatternFormat: String, Hashable, Sendable, CaseIterable {
  /// A table for people.
  case table
  /// One JSON document.
  case json
  /// Rows: of a log file one for each line, of a bundle one for each pattern.
  case csv
}

extension AnalysisCommands {
  /// The patterns of a log file or of the logs in a bundle.
  public static func patterns(
    path: String, format: PatternFormat, as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    if format == .csv {
      return CommandResult(output: try LogFilePatterns.csv(path: path), damaged: 0, path: path)
    }
    let report = try LogFilePatterns.report(path: path)
    let output =
      format == .json
      ? PatternsDocument.json(of: report)
      : Array(
        (PatternsListing.lines(of: report, style: presentation.style).joined(separator: "\n")
          + "\n").utf8)
    return CommandResult(output: output, damaged: 0, path: path)
  }
}
