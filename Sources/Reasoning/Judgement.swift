import Canonical
import Detection
import Policies
import Replay
import Telemetry

/// The answer to "was there an incident", with its reason.
///
/// That nothing is found is only an answer when there was something to look at: enough kinds of
/// data, and at least one detector that could tell normal from not.
struct Judgement: Hashable, Sendable {
  let verdict: Verdict
  let reason: String

  init(
    observations: Observations, outcomes: [DetectorOutcome], timeline: ScoreTimeline,
    incidents: [Incident], coverage: Coverage, ranking: RankingPolicy
  ) {
    if let worst = incidents.max(by: Self.isLess) {
      verdict = .incident
      reason = Self.sentence(about: worst, among: incidents.count)
      return
    }
    let seen = Self.sources(in: observations)
    let able = outcomes.filter { $0.state != .insufficientData }
    let missing = ["request metrics", "Kubernetes state", "logs"].filter { !seen.contains($0) }
    if coverage.verdict == .insufficient || Double(seen.count) < ranking[.sourcesForNoIncident] {
      verdict = .inconclusive
      reason = "Nothing was found, but the bundle holds no \(missing.joined(separator: ", no "))."
    } else if able.count * 2 < outcomes.count || able.isEmpty {
      verdict = .inconclusive
      let why = outcomes.first { $0.state == .insufficientData }?.reason ?? "no detector ran"
      reason =
        "Nothing was found, but \(outcomes.count - able.count) of \(outcomes.count) detectors had "
        + "too little data, such as: \(SuspectRanking.closed(why))"
    } else {
      verdict = .noIncident
      let peak = timeline.peak.map { Canonical.text($0.score, decimals: 1) } ?? "0"
      reason =
        "The score stayed at \(peak) or below in all of "
        + "\(Canonical.text(observations.end - observations.window.start)), read from "
        + "\(seen.joined(separator: ", "))."
    }
  }

  /// Which of the kinds of data that show an outage there are, in a fixed order.
  private static func sources(in observations: Observations) -> [String] {
    let metrics = observations.series.compactMap { recorded in
      recorded.series.count > 1 ? recorded.series.labels.metricName : nil
    }
    let hasRequests = metrics.contains { $0.contains("request") }
    let hasState =
      !observations.objects.isEmpty || !observations.events.isEmpty
      || metrics.contains { $0.hasPrefix("kube_") }
    return (hasRequests ? ["request metrics"] : []) + (hasState ? ["Kubernetes state"] : [])
      + (observations.logs?.streams.isEmpty == false ? ["logs"] : [])
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
