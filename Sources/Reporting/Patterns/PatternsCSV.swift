import LogPatterns

/// `patterns --format csv`.
public enum PatternsCSV {
  /// The heading for a log file: one row for each of its lines.
  public static let lineHeading = "line,pattern_id,template\n"

  /// The end of a row for a line: everything behind its number.
  public static func lineEnding(of pattern: LogPattern) -> [UInt8] {
    Array(",\(pattern.id),\(CSVField.text(pattern.template))\n".utf8)
  }
}
