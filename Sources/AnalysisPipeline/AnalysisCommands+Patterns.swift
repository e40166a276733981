import LogPatterns
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
    path: String, threads: Int, format: PatternFormat, as presentation: Presentation
  ) throws(AnalysisFailure) -> CommandResult {
    let isBundle = try isCompressed(path)
    if format == .csv, !isBundle {
      return CommandResult(output: try LogFilePatterns.csv(path: path), damaged: 0, path: path)
    }
    let (report, damaged) =
      isBundle
      ? try BundlePatterns.report(path: path, threads: threads)
      : (try LogFilePatterns.report(path: path), 0)
    let output: [UInt8] =
      switch format {
      case .json: PatternsDocument.json(of: report)
      case .csv: PatternsCSV.table(of: report)
      case .table: text(PatternsListing.lines(of: report, style: presentation.style))
      }
    return CommandResult(output: output, damaged: damaged, path: path)
  }

  /// Whether a file begins like gzip, as every bundle does.
  private static func isCompressed(_ path: String) throws(AnalysisFailure) -> Bool {
    do {
      return try LogFile(path: path).firstBytes(2) == [0x1F, 0x8B]
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }
}
