import Canonical
import Detection
import Reasoning
import Telemetry

/// Every hypothesis with what speaks for it, against it, and what is missing.
struct HypothesesSection: ReportSection {
  let title = "Hypotheses considered"

  private static let shownInFull = 5
  private static let itemLimit = 5

  func body(in context: ReportContext) -> [String] {
    let blocks = context.forEachIncident { explained in
      let shown = explained.hypotheses.prefix(Self.shownInFull)
      let rest = explained.hypotheses.dropFirst(Self.shownInFull)
      var lines = shown.flatMap { hypothesis($0, context) }
      if !rest.isEmpty {
        let names = rest.map { MarkdownText.escaped(Wording.claim($0), limit: 120) }
        lines.append("Also considered, with less support: \(Wording.list(names)).")
      }
      return lines
    }
    guard !blocks.isEmpty else { return [] }
    return ["Confidence is not calibrated: it orders the hypotheses and is not a chance.", ""]
      + blocks
  }

  private func hypothesis(_ hypothesis: Hypothesis, _ context: ReportContext) -> [String] {
    let claim = MarkdownText.escaped(Wording.claim(hypothesis))
    let confidence = Canonical.text(hypothesis.confidence, decimals: 2)
    return [
      "**\(hypothesis.rank). \(claim)** (\(hypothesis.label.rawValue), confidence \(confidence))",
      "",
      MarkdownText.escaped(hypothesis.reason),
      "",
    ] + evidence("For", hypothesis.supporting, context)
      + evidence("Against", hypothesis.contradicting, context)
      + missing(hypothesis.missing) + [""]
  }

  private func evidence(_ name: String, _ ids: [String], _ context: ReportContext) -> [String] {
    guard !ids.isEmpty else { return ["- \(name): nothing found"] }
    let lines = ids.prefix(Self.itemLimit).map { id in
      "  - " + (context.finding(id).map(context.sentence) ?? context.link(id))
    }
    let rest = Array(ids.dropFirst(Self.itemLimit))
    return ["- \(name):"] + lines
      + (rest.isEmpty ? [] : ["  - and \(rest.count) more: \(context.links(rest, limit: 8))"])
  }

  private func missing(_ items: [String]) -> [String] {
    guard !items.isEmpty else { return [] }
    let lines = items.prefix(Self.itemLimit).map { "  - \(MarkdownText.escaped($0))" }
    let rest = items.count - lines.count
    return ["- Missing:"] + lines + (rest > 0 ? ["  - and \(rest) more"] : [])
  }
}
