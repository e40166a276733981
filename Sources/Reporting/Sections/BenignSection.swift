import Detection
import Reasoning
import Telemetry

/// Findings that did not amount to an incident, strongest first.
struct BenignSection: ReportSection {
  let title = "Seen, and not an incident"

  private static let limit = 10

  func body(in context: ReportContext) -> [String] {
    let findings = context.analysis.findings.enumerated().sorted { left, right in
      left.element.strength != right.element.strength
        ? left.element.strength > right.element.strength : left.offset < right.offset
    }.map(\.element)
    guard !findings.isEmpty else { return [] }
    let rest = findings.count - Self.limit
    return findings.prefix(Self.limit).map {
      "- \(context.times.time($0.interval.start)) UTC: \(context.sentence($0))"
    } + (rest > 0 ? ["- and \(Quantity.count(rest, "weaker finding")), see Evidence"] : [])
  }
}
