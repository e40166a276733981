import Detection
import Reasoning
import Telemetry

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
