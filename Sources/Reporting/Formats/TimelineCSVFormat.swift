import Canonical
import Detection
import Reasoning

/// `timeline.csv`: the score at every step, with what each part contributes to it.
///
/// Columns: `time` (RFC 3339, UTC), `score`, `low`, `high` (0 to 100), then one column for each
/// part of the score; a part whose source is missing is empty, never 0. Two decimals; the parts of
/// a row sum to its score up to rounding.
struct TimelineCSVFormat: ReportFormat {
  let fileName = "timeline.csv"

  func bytes(of analysis: Analysis) -> [UInt8] {
    let header = ["time", "score", "low", "high"] + analysis.score.components.map(\.name)
    var output = Array(header.map(CSVField.text).joined(separator: ",").utf8)
    output.append(UInt8(ascii: "\n"))
    for point in analysis.score.points {
      output += Self.row(point).joined(separator: ",").utf8
      output.append(UInt8(ascii: "\n"))
    }
    return output
  }

  private static func row(_ point: ScorePoint) -> [String] {
    [Canonical.text(point.time), number(point.score), number(point.low), number(point.high)]
      + point.parts.map { $0.value == nil ? "" : number($0.contribution) }
  }

  private static func number(_ value: Double) -> String {
    Canonical.text(value, decimals: 2)
  }
}
