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
