import Canonical
import Detection
import Reasoning

/// The score over time as a plot.
struct ScoreSection: ReportSection {
  let title = "Score timeline"

  /// Columns of plots in documents, so that they fit a page.
  static let plotWidth = 96

  func body(in context: ReportContext) -> [String] {
    let analysis = context.analysis
    let plot = ScorePlot(
      analysis.score, incidents: analysis.incidents.map(\.incident), width: Self.plotWidth)
    guard !plot.lines.isEmpty else { return [] }
    return ["```text"] + plot.lines + ["```", "", Self.legend(analysis)]
      + ["Every step is in `timeline.csv`; how the score comes about is in `incident-score.md`."]
  }

  /// What the marks of a plot mean, as far as it has them.
  static func legend(_ analysis: Analysis) -> String {
    var parts = [
      "Score 0 to 100 by time (UTC), from data up to each step only, every "
        + "\(Canonical.text(analysis.score.step))"
    ]
    if analysis.score.points.contains(where: ScoreText.hasInterval) {
      parts.append("`░` what it could be if missing data were bad")
    }
    if !analysis.incidents.isEmpty { parts.append("`━` incident") }
    if !analysis.score.levels.isEmpty {
      let levels = analysis.score.levels.map {
        "\(MarkdownText.escaped($0.name, limit: 40)) from \(Canonical.text($0.score))"
      }
      parts.append(
        "levels, if a service is affected: \(levels.joined(separator: ", "))")
    }
    return parts.joined(separator: "; ") + "."
  }
}
