import Policies
import Replay
import Telemetry

/// Which sorts of data a bundle holds about an entity.
struct Holdings {
  let observations: Observations
  let topology: Topology
  let errorLines: ErrorLines

  /// Whether the bundle holds anything of a source that could bear on `entity`.
  func has(_ source: EvidenceSource, about entity: Entity) -> Bool {
    switch source {
    case .requests: hasSeries(about: entity) { $0.contains("request") && $0.hasSuffix("_total") }
    case .containerMemory:
      hasSeries(about: entity) {
        $0.hasPrefix("container_memory_") && !$0.hasSuffix("_limit_bytes")
      }
    case .cpuThrottling: hasSeries(about: entity) { $0.contains("throttled") }
    case .logs: errorLines.hasStream(of: entity)
    case .pods: hasObjects(["Pod"])
    case .events: !observations.events.isEmpty
    case .nodes: hasObjects(["Node"]) || hasSeries { $0 == "kube_node_status_condition" }
    case .rollouts: hasObjects(["Deployment", "ReplicaSet", "StatefulSet", "ControllerRevision"])
    case .configuration: hasObjects(["ConfigMap"])
    }
  }

  /// Says that nothing of a source is there.
  func absence(of source: EvidenceSource, about entity: Entity) -> String {
    switch source {
    case .requests: "no request counters of \(entity.name)"
    case .containerMemory: "no container memory series of \(entity.name)"
    case .cpuThrottling: "no CPU throttling series of \(entity.name)"
    case .logs: "no log lines of \(entity.name)"
    case .pods: "no pod objects"
    case .events: "no Kubernetes events"
    case .nodes: "no node objects or conditions"
    case .rollouts: "no deployments or replica sets, so rollouts may be unseen"
    case .configuration: "no configuration objects, so their changes may be unseen"
    }
  }

  private func hasObjects(_ kinds: [String]) -> Bool {
    observations.objects.contains { kinds.contains($0.object.ref.kind) }
  }

  private func hasSeries(where isWanted: (String) -> Bool) -> Bool {
    observations.series.contains { $0.series.labels.metricName.map(isWanted) ?? false }
  }

  private func hasSeries(about entity: Entity, where isWanted: (String) -> Bool) -> Bool {
    observations.series.contains { recorded in
      let labels = recorded.series.labels
      guard let metric = labels.metricName, isWanted(metric) else { return false }
      let namespace = labels["namespace"] ?? ""
      if entity.kind == .node { return labels["node"] == entity.name }
      if let pod = labels["pod"],
        topology.owner(of: Entity(kind: .pod, namespace: namespace, name: pod)) == entity
      {
        return true
      }
      return entity.kind == .service && labels["service"] == entity.name
    }
  }
}
