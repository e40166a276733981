import Canonical
import Detection
import Telemetry

/// The answer to "was there an incident", with its reason.
///
/// That nothing is found is only an answer when there was enough to look at; see `Visibility`.
struct Judgement: Hashable, Sendable {
  let verdict: Verdict
  let reason: String

  init(
    window: TimeRange, outcomes: [DetectorOutcome], timeline: ScoreTimeline,
    incidents: [Incident], visibility: Visibility, coverage: CoverageVerdict
  ) {
    if let worst = incidents.max(by: Self.isLess) {
      verdict = .incident
      reason = Self.sentence(about: worst, among: incidents.count)
    } else if visibility.canRuleOutIncident && coverage != .insufficient {
      verdict = .noIncident
      let score = timeline.peak?.score ?? 0
      let peak = Canonical.text(score, decimals: 1)
      let level = timeline.levels.first.flatMap { score >= $0.score ? $0.score : nil }
      reason =
        level.map {
          "The score reached \(peak), above \(Canonical.text($0)), but no service was affected "
            + "in \(Canonical.text(window.length)): \(Self.seen(visibility))."
        }
        ?? "The score stayed at \(peak) or below in all of \(Canonical.text(window.length)): "
        + "\(Self.seen(visibility))."
    } else {
      verdict = .inconclusive
      let blind = outcomes.filter { $0.state == .insufficientData }
        .min { $0.detector.precedesInBytes($1.detector) }
      let why = blind.map { " \($0.detector): \($0.reason.asSentence())" } ?? ""
      reason =
        "No incident was found, but too little could be seen: \(Self.seen(visibility)).\(why)"
    }
  }

  private static func seen(_ visibility: Visibility) -> String {
    let parts = [
      ("error budgets", visibility.requests), ("replicas", visibility.availability),
      ("error logs", visibility.logs),
    ]
    let shares = parts.map { "\($0.0) for \(Canonical.text($0.1 * 100, decimals: 0))%" }
    return "of the window, \(shares.joined(separator: ", ")) could be judged"
  }

  private static func isLess(_ left: Incident, _ right: Incident) -> Bool {
    if left.peakScore != right.peakScore { return left.peakScore < right.peakScore }
    if left.startedAt != right.startedAt { return left.startedAt > right.startedAt }
    return right.id.precedesInBytes(left.id)
  }

  private static func sentence(about incident: Incident, among count: Int) -> String {
    let score = Canonical.text(incident.peakScore, decimals: 1)
    let services = incident.services.prefix(5).joined(separator: ", ")
    let others = count > 1 ? "\(count) incidents; the worst: the" : "The"
    return "\(others) score reached \(score) at \(Canonical.timeOfDay(incident.peakAt))"
      + (services.isEmpty ? "." : ", affecting \(services).")
  }
}
