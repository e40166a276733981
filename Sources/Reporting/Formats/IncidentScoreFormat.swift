import Canonical
import Detection
import Reasoning
import Telemetry

/// `incident-score.md`: why the score is what it is.
struct IncidentScoreFormat: ReportFormat {
  let fileName = "incident-score.md"

  func bytes(of analysis: Analysis) -> [UInt8] {
    let context = ReportContext(analysis)
    let lines =
      ["# Incident score", ""] + Self.peakLines(context) + Self.plotLines(context)
      + Self.crossingLines(context) + Self.modelLines(analysis.score)
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func peakLines(_ context: ReportContext) -> [String] {
    let timeline = context.analysis.score
    guard let peak = timeline.peak else { return ["The window holds no step to score.", ""] }
    var lines = [
      "The score's peak was **\(ScoreText.score(of: peak))**, at \(TimeText.full(peak.time)).", "",
      "What each part added at that time:", "", "| Part | Weight | Value | Adds | Evidence |",
      "|---|---|---|---|---|",
    ]
    for (component, part) in zip(timeline.components, peak.parts) {
      lines.append(row(component, part, context))
    }
    let missing = zip(timeline.components, peak.parts).filter { $0.1.value == nil }
      .map { MarkdownText.escaped($0.0.name, limit: 40) }
    if !missing.isEmpty {
      lines += [
        "",
        "No data for \(Wording.list(missing)). The score counts it as 0, its lower bound; "
          + "if it were at its worst, the score would be \(Quantity.score(peak.high)).",
      ]
    }
    return lines + [""]
  }

  private static func row(
    _ component: ScoreComponent, _ part: ScorePart, _ context: ReportContext
  ) -> String {
    let name = MarkdownText.escaped(component.name, limit: 40)
    let weight = Canonical.text(component.weight, decimals: 2)
    guard let value = part.value else { return "| \(name) | \(weight) | no data | | |" }
    let links = Wording.list(part.evidence.map { link($0, context) }, limit: 4)
    return "| \(name) | \(weight) | \(Canonical.text(value, decimals: 2)) | "
      + "\(Quantity.score(part.contribution)) | \(links) |"
  }

  /// A link into the report, which holds the evidence list.
  private static func link(_ id: String, _ context: ReportContext) -> String {
    let text = MarkdownText.escaped(id, limit: 40)
    return context.finding(id) == nil ? text : "[\(text)](report.md#\(text.lowercased()))"
  }

  private static func plotLines(_ context: ReportContext) -> [String] {
    ["## Over time", ""] + ScoreSection().body(in: context) + [""]
  }

  private static func crossingLines(_ context: ReportContext) -> [String] {
    let crossings = ScoreCrossing.all(in: context.analysis.score)
    guard !context.analysis.score.levels.isEmpty else { return [] }
    let shown = crossings.prefix(20).map { crossing in
      "- \(context.times.time(crossing.time)) UTC: \(crossing.isRising ? "reached" : "fell below") "
        + "\(MarkdownText.escaped(crossing.level.name, limit: 40)) "
        + "(\(Canonical.text(crossing.level.score)))"
    }
    let rest = crossings.count - shown.count
    return ["## Levels crossed", ""]
      + (shown.isEmpty ? ["The score crossed no level."] : shown)
      + (rest > 0 ? ["- and \(rest) more"] : []) + [""]
  }

  private static func modelLines(_ timeline: ScoreTimeline) -> [String] {
    let weights = timeline.components.map {
      "\(MarkdownText.escaped($0.name, limit: 40)) \(Canonical.text($0.weight, decimals: 2))"
    }
    return [
      "## How the score works", "",
      "Model: \(MarkdownText.escaped(timeline.model, limit: 64)). "
        + "`score = 100 × (1 − Π (1 − weightᵢ × valueᵢ))`, each value from 0 to 1.", "",
      "- Weights: \(weights.joined(separator: ", ")). They are starting values, not fitted.",
      "- One bad part is enough for a high score; further parts add less and less; 100 is the limit.",
      "- What a part adds is `score × ln(1 − weightᵢ × valueᵢ) ÷ Σ ln(1 − weightⱼ × valueⱼ)`; "
        + "the parts sum to the score.",
      "- A part without data is not 0: the score is then an interval, and its lower bound is shown.",
      "- Each step uses only data at or before it: this is what an on-call engineer could have "
        + "known at that time.",
    ]
  }
}
