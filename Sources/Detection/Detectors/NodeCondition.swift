import Canonical
import Policies
import Replay
import Telemetry

/// Flags nodes that say themselves that they are not ready or under pressure.
///
/// - Input: `kube_node_status_condition`; for nodes without it the conditions of the node object,
///   since their last change.
/// - Claim: Ready is not true, or a pressure or network condition is true.
/// - Strength: `node-condition.not-ready` or `node-condition.pressure`.
/// - Missing data: not judged without the metric and node objects. An exporter that was not
///   scraped says nothing about its node.
struct NodeCondition: Detector {
  static let name = "node-condition"
  static let component: String? = "resource"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    let troubles = NodeTrouble.all(in: scene)
    for trouble in troubles {
      let strength =
        trouble.condition == "Ready"
        ? settings.number(.nodeConditionNotReady) : settings.number(.nodeConditionPressure)
      let strengths = trouble.holds.map { $0 ? strength : 0 as Double? }
      builder.add(entity: trouble.node, service: nil, strengths: strengths) { run, _ in
        let minutes = Double(run.count) * scene.clock.step.seconds / 60
        let state = trouble.condition == "Ready" ? "was not ready" : "reported \(trouble.condition)"
        return FindingDraft(
          kind: trouble.condition == "Ready" ? .failure : .saturation, entity: trouble.node,
          service: nil, start: nil, value: minutes, baseline: 0, unit: "minutes",
          locator: trouble.locator,
          text: "node \(trouble.node.name) \(state) for \(Canonical.text(minutes)) minutes")
      }
    }
    let hasMetrics = !scene.metrics.series(of: "kube_node_status_condition").isEmpty
    let nodes = scene.objects(ofKind: "Node").count
    return builder.result(
      hasData: hasMetrics || nodes > 0,
      read: hasMetrics ? "node conditions" : "conditions of \(nodes) node objects",
      missing: "neither node conditions nor node objects are in the bundle")
  }
}

/// One condition of one node that was bad at some step.
private struct NodeTrouble {
  let node: Entity
  let condition: String
  let holds: [Bool]
  let locator: Locator

  static func all(in scene: ReplayScene) -> [NodeTrouble] {
    let measured = scene.metrics.series(of: "kube_node_status_condition").compactMap {
      NodeTrouble($0, scene)
    }
    let known = Set(
      scene.metrics.series(of: "kube_node_status_condition").compactMap {
        $0.series.labels.own("node")
      })
    let stated = scene.objects(ofKind: "Node").flatMap { recorded -> [NodeTrouble] in
      guard !known.contains(recorded.object.ref.name) else { return [] }
      let conditions = recorded.object.document["status"]?["conditions"]?.elements ?? []
      return conditions.compactMap { NodeTrouble($0, recorded, scene) }
    }
    return (measured + stated).filter { $0.holds.contains(true) }
  }

  private init?(_ recorded: RecordedSeries, _ scene: ReplayScene) {
    let labels = recorded.series.labels
    guard let node = labels.own("node"), let condition = labels["condition"],
      labels["status"] == "true"
    else { return nil }
    let isBad: (Double) -> Bool = condition == "Ready" ? { $0 == 0 } : { $0 > 0 }
    self.node = Entity(kind: .node, name: node)
    self.condition = condition
    holds = GaugeReading(recorded.series, clock: scene.clock).values.map {
      $0.map(isBad) ?? false
    }
    locator = Locator(path: recorded.path, detail: labels.selector)
  }

  private init?(_ condition: JSONValue, _ recorded: RecordedObject, _ scene: ReplayScene) {
    guard let type = condition["type"]?.string, let status = condition["status"]?.string,
      let since = KubeFacts.time(condition["lastTransitionTime"]),
      type == "Ready" ? status != "True" : status == "True"
    else { return nil }
    node = Entity(recorded.object.ref)
    self.condition = type
    holds = (0..<scene.clock.count).map { scene.clock[$0] >= since }
    locator = Locator(path: recorded.path, detail: "Node \(node.name) condition \(type)")
  }
}
