import Policies
import Replay
import Telemetry

/// How full something with a limit is, at every step.
struct Saturation {
  /// What is full.
  let entity: Entity
  /// The service, or nil.
  let service: String?
  /// What to call it, such as `api-1: container app memory`.
  let subject: String
  /// Used amount over limit, at every step; nil without data or limit.
  let ratios: [Double?]
  /// The limit at every step.
  let limits: [Double?]
  /// Where the used amount stands.
  let locator: Locator

  /// The strength at every step: `scale` over the ratio, where the ratio was at least `rise` lower
  /// at some step before. A level that is as it always was is how the thing lives.
  func strengths(_ scale: Scale, rise: Double, sustained: Int = 1) -> [Double?] {
    var lowest = Double.infinity
    return ratios.indices.map { step in
      guard let ratio = ratios[step] else { return nil }
      let latest = ratios[max(0, step - sustained + 1)...step]
      let held = latest.reduce(ratio) { min($0, $1 ?? 0) }
      let strength = ratio - lowest >= rise ? scale.strength(of: held) : 0
      lowest = min(lowest, ratio)
      return strength
    }
  }

  /// The lowest ratio before `step`, or nil.
  func lowest(before step: Int) -> Double? { ratios[..<step].compactMap { $0 }.min() }
}

extension Saturation {
  /// Pairs each used amount with the limit of the same identity, given by `identity`.
  static func pairs<Identity: Hashable & Comparable>(
    used: [RecordedSeries], limits: [RecordedSeries], in scene: ReplayScene,
    identity: (LabelSet) -> Identity?,
    describe: (Identity, RecordedSeries) -> (entity: Entity, service: String?, subject: String)
  ) -> [Saturation] {
    var limitValues: [Identity: [Double?]] = [:]
    for recorded in limits {
      guard let id = identity(recorded.series.labels), limitValues[id] == nil else { continue }
      limitValues[id] = GaugeReading(recorded.series, clock: scene.clock).values
    }
    var seen: Set<Identity> = []
    return used.compactMap { recorded in
      guard let id = identity(recorded.series.labels), let limit = limitValues[id],
        seen.insert(id).inserted
      else { return nil }
      let amounts = GaugeReading(recorded.series, clock: scene.clock).values
      let ratios = zip(amounts, limit).map { amount, limit -> Double? in
        guard let amount, let limit, limit > 0, limit < 1e18 else { return nil }
        return amount / limit
      }
      let (entity, service, subject) = describe(id, recorded)
      return Saturation(
        entity: entity, service: service, subject: subject, ratios: ratios, limits: limit,
        locator: Locator(path: recorded.path, detail: recorded.series.labels.selector))
    }
  }
}

extension ReplayScene {
  /// What a gauge is about: its pod, its node, or else its service.
  func owner(of labels: LabelSet) -> (entity: Entity, service: String?) {
    let namespace = services.namespace(of: labels)
    let service = services.service(of: labels)
    if let pod = labels.firstValue(of: ServiceDirectory.podLabels) {
      return (Entity(kind: .pod, namespace: namespace, name: pod), service)
    }
    if let node = labels.firstValue(of: ["node", "nodename"]) {
      return (Entity(kind: .node, name: node), nil)
    }
    let name = service ?? labels["instance"] ?? "unknown"
    return (Entity(kind: .service, namespace: namespace, name: name), service)
  }
}
