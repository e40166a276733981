import Policies
import Telemetry

extension ScoreTimeline {
  /// The score of every step, from the strengths that detectors found.
  ///
  /// A part is the strongest claim of the detectors that feed it. It is missing at a step when none
  /// of them could judge; `reach` is, when neither error budgets nor availability could be judged.
  init(results: [DetectorOutput], affected: AffectedServices, scene: ReplayScene) {
    let policy = scene.policy.score
    let model = ScoreModel(weights: policy.weights)
    let points = (0..<scene.clock.count).map { step -> ScorePoint in
      var values: [String: Double?] = [:]
      var evidence: [String: [String]] = [:]
      for component in ScorePolicy.components where component != "reach" {
        let feeding = results.filter { $0.component == component }
        values[component] = Self.value(of: feeding, at: step)
        evidence[component] = Self.evidence(of: feeding, at: step)
      }
      let canSee = ["slo", "availability"].contains { (values[$0] ?? nil) != nil }
      values["reach"] = canSee ? affected.reach(at: step) : nil as Double?
      evidence["reach"] = affected.evidence[step]
      return model.point(
        at: scene.clock[step],
        strengths: policy.weights.map { values[$0.component] ?? nil },
        evidence: policy.weights.map { evidence[$0.component] ?? [] })
    }
    self.init(
      model: policy.model, step: scene.clock.step,
      components: policy.weights.map { ScoreComponent(name: $0.component, weight: $0.weight) },
      points: points,
      levels: [
        ScoreLevel(name: "incident", score: policy.incident.open),
        ScoreLevel(name: "severity major", score: policy.incident.major),
        ScoreLevel(name: "severity critical", score: policy.incident.critical),
      ].sorted { $0.score < $1.score })
  }

  private static func value(of feeding: [DetectorOutput], at step: Int) -> Double? {
    guard feeding.contains(where: { $0.result.isEvaluable[step] }) else { return nil }
    return feeding.flatMap(\.result.tracks).reduce(0) { max($0, $1.strengths[step] ?? 0) }
  }

  private static func evidence(of feeding: [DetectorOutput], at step: Int) -> [String] {
    let found = feeding.flatMap(\.result.tracks).compactMap { track -> String? in
      (track.strengths[step] ?? 0) > 0 ? track.finding(at: step) : nil
    }
    return Set(found).sorted()
  }
}
