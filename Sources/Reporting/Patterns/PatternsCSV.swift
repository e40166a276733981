import Canonical
import LogPatterns
import Telemetry

/// `patterns --format csv`.
public enum PatternsCSV {
  /// The heading for a log file: one row for each of its lines.
  public static let lineHeading = "line,pattern_id,template\n"

  /// The end of a row for a line: everything behind its number.
  public static func lineEnding(of pattern: LogPattern) -> [UInt8] {
    Array(",\(pattern.id),\(CSVField.text(pattern.template))\n".utf8)
  }

  /// One row for each pattern of a bundle.
  public static func table(of report: PatternReport) -> [UInt8] {
    var output = Array(
      "pattern_id,template,count,first_seen,last_seen,error_share,change,suspicious,services\n".utf8
    )
    for row in report.rows {
      output += cells(of: row).joined(separator: ",").utf8
      output.append(UInt8(ascii: "\n"))
    }
    return output
  }

  private static func cells(of row: PatternRow) -> [String] {
    let pattern = row.pattern
    return [
      pattern.id, CSVField.text(pattern.template), String(pattern.count),
      Canonical.text(Timestamp(nanoseconds: pattern.first)),
      Canonical.text(Timestamp(nanoseconds: pattern.last)),
      Canonical.text(pattern.errorShare, decimals: 4), row.change?.kind.rawValue ?? "",
      row.change.map { $0.isSuspicious ? "true" : "false" } ?? "",
      CSVField.text(row.services.joined(separator: " ")),
    ]
  }
}
