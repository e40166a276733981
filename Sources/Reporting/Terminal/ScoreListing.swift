import Canonical
import Detection
import Reasoning
import Telemetry

/// What `score` says: the score, its parts, its timeline.
public enum ScoreListing {
  /// The lines for a terminal.
  public static func lines(of analysis: Analysis, style: TerminalStyle) -> [String] {
    guard let peak = analysis.score.peak else { return ["No score: no step to score."] }
    let times = TimeText(window: analysis.bundle.window)
    let heading =
      "Incident score: peak \(ScoreText.score(of: peak)), "
      + "at \(TimeText.full(peak.time))"
    let crossings = ScoreCrossing.all(in: analysis.score).map { crossing in
      "  \(times.time(crossing.time))  \(crossing.isRising ? "reached" : "fell below") "
        + "\(PlainText.line(crossing.level.name, limit: 40)) "
        + "(\(Canonical.text(crossing.level.score)))"
    }
    let plot = PlotText.lines(
      analysis.score, incidents: analysis.incidents.map(\.incident), style: style)
    var lines = style.wrapped(heading).map { style.paint($0, .strong) }
    lines += [""] + parts(of: peak, analysis.score) + [""] + plot
    if !crossings.isEmpty { lines += ["", "Levels crossed (UTC):"] + crossings.prefix(20) }
    if crossings.count > 20 { lines.append("  and \(crossings.count - 20) more") }
    return lines + ["", PlainText.line(analysis.score.model)]
  }

  /// The same as one JSON document, with every point of the timeline.
  public static func json(of analysis: Analysis) -> [UInt8] {
    let score = analysis.score
    return JSONText.document(
      .object([
        "schema": .string("oncall.score/1"),
        "tool": JSONText.tool,
        "bundle": .object(["id": .string(analysis.bundle.id)]),
        "model": .string(score.model),
        "step": .string(Canonical.text(score.step)),
        "components": .array(score.components.map(component)),
        "levels": .array(score.levels.map(level)),
        "peak": score.peak.map { point($0, score) } ?? .null,
        "points": .array(score.points.map { point($0, score) }),
      ]))
  }

  private static func parts(of peak: ScorePoint, _ timeline: ScoreTimeline) -> [String] {
    let rows = zip(timeline.components, peak.parts).map { component, part -> [String] in
      let value = part.value.map { Canonical.text($0, decimals: 2) } ?? "no data"
      let adds = part.value == nil ? "" : Quantity.score(part.contribution)
      return [
        PlainText.line(component.name, limit: 40), Canonical.text(component.weight, decimals: 2),
        value, adds, PlainText.line(Wording.list(part.evidence, limit: 3)),
      ]
    }
    return TextTable.lines(["part", "weight", "value", "adds", "evidence"], rows, indent: "  ")
  }

  private static func component(_ component: ScoreComponent) -> JSONValue {
    .object(["name": .string(component.name), "weight": .number(component.weight)])
  }

  private static func level(_ level: ScoreLevel) -> JSONValue {
    .object(["name": .string(level.name), "score": .number(level.score)])
  }

  private static func point(_ point: ScorePoint, _ timeline: ScoreTimeline) -> JSONValue {
    let parts = zip(timeline.components, point.parts).map { component, part in
      JSONMember(
        key: component.name,
        value: .object([
          "value": JSONText.part(part.value),
          "contribution": part.value == nil ? .null : JSONText.part(part.contribution),
          "evidence": .array(part.evidence.map(JSONValue.string)),
        ]))
    }
    return .object([
      "time": .time(point.time), "score": JSONText.score(point.score),
      "low": JSONText.score(point.low), "high": JSONText.score(point.high),
      "parts": .object(parts),
    ])
  }
}
