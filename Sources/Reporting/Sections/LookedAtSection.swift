import Detection
import Reasoning
import Telemetry

/// What was looked at and what every detector had to say.
struct LookedAtSection: ReportSection {
  let title = "What was checked"

  func body(in context: ReportContext) -> [String] {
    let analysis = context.analysis
    let steps = analysis.score.points.count
    let first =
      "The data was replayed up to \(TimeText.full(analysis.bundle.replayedTo)) in "
      + "\(Quantity.count(steps, "step")), and each detector saw only what was known at each step."
    return [first, ""] + analysis.detectors.map { line($0) }
  }

  private func line(_ outcome: DetectorOutcome) -> String {
    let state =
      switch outcome.state {
      case .normal: "nothing unusual"
      case .anomalous: "something found"
      case .insufficientData: "not enough data"
      }
    return "- \(MarkdownText.code(outcome.detector, limit: 64)): \(state). "
      + MarkdownText.escaped(outcome.reason)
  }
}

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

/// What a next capture should hold so that there is an answer.
struct CaptureNextSection: ReportSection {
  let title = "What to capture next time"

  private static let limit = 12

  func body(in context: ReportContext) -> [String] {
    let blind = context.analysis.detectors.filter { $0.state == .insufficientData }.map {
      "- For \(MarkdownText.code($0.detector, limit: 64)): \(MarkdownText.escaped($0.reason))"
    }
    let gaps = context.analysis.coverage.gaps.filter(\.losesEvidence).map {
      "- \($0.source.rawValue), \(MarkdownText.code($0.subject, limit: 160)): "
        + MarkdownText.escaped($0.detail, limit: 300)
    }
    let all = blind + gaps
    guard !all.isEmpty else { return ["- A longer window around the suspected start."] }
    let rest = all.count - Self.limit
    return Array(all.prefix(Self.limit)) + (rest > 0 ? ["- and \(rest) more"] : [])
  }
}
