internal import Foundation
import Policies
import Telemetry

/// Combines the strengths of the parts into one score, 0...100.
///
/// `S = 100 · (1 − Π (1 − wᵢ·sᵢ))`, a noisy-OR: bounded, and never lower when a part grows. A
/// part's contribution is `S · ln(1 − wᵢ·sᵢ) / Σ ln(1 − wⱼ·sⱼ)`, so that contributions sum to the
/// score. A part whose source is missing makes an interval: 0 for the low end, 1 for the high end;
/// the score itself is the low end.
///
/// - Source: `facts/reasoning.md` c.3, score v2.
struct ScoreModel {
  /// The parts in order, with their weights.
  let weights: [ComponentWeight]

  /// The score of strengths in the order of `weights`; nil for what is missing.
  func point(
    at time: Timestamp, strengths: [Double?], evidence: [[String]]
  ) -> ScorePoint {
    precondition(strengths.count == weights.count, "BUG: a strength for every part")
    let logs = zip(weights, strengths).map { log(1 - $0.weight * ($1 ?? 0)) }
    let highLogs = zip(weights, strengths).map { log(1 - $0.weight * ($1 ?? 1)) }
    let total = logs.reduce(0, +)
    let low = 100 * (1 - exp(total))
    let high = 100 * (1 - exp(highLogs.reduce(0, +)))
    let parts = strengths.indices.map { index in
      ScorePart(
        value: strengths[index], contribution: total == 0 ? 0 : low * logs[index] / total,
        evidence: evidence[index])
    }
    return ScorePoint(time: time, score: low, low: low, high: max(low, high), parts: parts)
  }
}
