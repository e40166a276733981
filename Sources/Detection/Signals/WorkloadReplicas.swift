import Replay
import Telemetry

/// How many replicas of a workload there should be and are, at every step.
struct WorkloadReplicas {
  /// The workload, or the service when only its pods are known.
  let entity: Entity
  /// The service.
  let service: String
  /// Wanted replicas; nil without data.
  let desired: [Double?]
  /// Replicas that can serve, averaged over the step; nil without data.
  let available: [Double?]
  /// Where it stands.
  let locator: Locator

  /// The share of replicas that is away at every step; nil when not known, 0 when none is wanted.
  ///
  /// What is away is measured against what served before: no more replicas count as missing than
  /// were available at any step so far, and more that are wanted are waited for through
  /// `patience` steps. So what never worked is not an outage, nor is scaling out.
  func away(patience: Int) -> [Double?] {
    var most = 0.0
    return desired.indices.map { step in
      guard let available = available[step], let wanted = desired[step], wanted.isFinite else {
        return nil
      }
      most = max(most, available)
      let waited = desired[max(0, step - patience)...step].compactMap { $0 }.min() ?? wanted
      let due = min(waited, most)
      return due > 0 ? max(0, min(1, (due - available) / due)) : 0
    }
  }
}

extension WorkloadReplicas {
  private static let sources = [
    ("deployment", "kube_deployment_spec_replicas", "kube_deployment_status_replicas_available"),
    ("statefulset", "kube_statefulset_replicas", "kube_statefulset_status_replicas_ready"),
    (
      "daemonset", "kube_daemonset_status_desired_number_scheduled",
      "kube_daemonset_status_number_available"
    ),
  ]

  /// Reads all workloads: from replica metrics, for services without these from the readiness of
  /// their pods, and without any metrics from pod objects. Sorted by entity.
  static func all(in scene: ReplayScene) -> [WorkloadReplicas] {
    var workloads = sources.flatMap { label, desired, available in
      fromMetrics(label: label, desired: desired, available: available, in: scene)
    }
    for more in [fromReadiness(in: scene), fromObjects(in: scene)] {
      let known = Set(workloads.map(\.service))
      workloads += more.filter { !known.contains($0.service) }
    }
    return workloads.sorted { $0.entity < $1.entity }
  }

  private static func fromMetrics(
    label: String, desired: String, available: String, in scene: ReplayScene
  ) -> [WorkloadReplicas] {
    let wanted = scene.metrics.series(of: desired)
    return scene.metrics.series(of: available).compactMap { recorded in
      let labels = recorded.series.labels
      let namespace = scene.services.namespace(of: labels)
      guard let name = labels.own(label),
        let match = wanted.first(where: {
          $0.series.labels.own(label) == name
            && scene.services.namespace(of: $0.series.labels) == namespace
        })
      else { return nil }
      return WorkloadReplicas(
        entity: Entity(kind: .deployment, namespace: namespace, name: name),
        service: scene.services.service(ofWorkload: name, namespace: namespace),
        desired: GaugeReading(match.series, clock: scene.clock).values,
        available: GaugeReading(averaging: recorded.series, clock: scene.clock).values,
        locator: Locator(path: recorded.path, detail: labels.selector))
    }
  }

  private static func fromReadiness(in scene: ReplayScene) -> [WorkloadReplicas] {
    var groups: [Entity: [RecordedSeries]] = [:]
    for recorded in scene.metrics.series(of: "kube_pod_status_ready")
    where recorded.series.labels["condition"] == "true" {
      let namespace = scene.services.namespace(of: recorded.series.labels)
      guard let pod = recorded.series.labels.own("pod"),
        scene.services.workload(ofPod: pod, namespace: namespace)?.kind != "Job"
      else { continue }
      let service = scene.services.service(ofPod: pod, namespace: namespace)
      let entity = Entity(kind: .service, namespace: namespace, name: service)
      groups[entity, default: []].append(recorded)
    }
    return groups.sorted { $0.key < $1.key }.map { entity, pods in
      let readings = pods.map { GaugeReading(averaging: $0.series, clock: scene.clock).values }
      return of(entity, pods: readings, locator(of: pods[0]), in: scene)
    }
  }

  private static func locator(of recorded: RecordedSeries) -> Locator {
    Locator(path: recorded.path, detail: recorded.series.labels.selector)
  }

  /// Pod objects are states at capture: a pod that is not ready now was not ready since its
  /// condition's last change, and was ready before; of one that is ready now it is not known for
  /// how long it was not.
  private static func fromObjects(in scene: ReplayScene) -> [WorkloadReplicas] {
    var groups: [Entity: [(values: [Double?], locator: Locator)]] = [:]
    for recorded in scene.objects(ofKind: "Pod") {
      let ref = recorded.object.ref
      let document = recorded.object.document
      guard let ready = KubeFacts.condition("Ready", of: document),
        ready["reason"]?.string != "PodCompleted",
        scene.services.workload(ofPod: ref.name, namespace: ref.namespace)?.kind != "Job"
      else { continue }
      let since = KubeFacts.time(ready["lastTransitionTime"])
      let isReady = ready["status"]?.string == "True"
      let values = (0..<scene.clock.count).map { step -> Double? in
        let now = scene.clock[step]
        if let created = recorded.object.createdAt, created > now { return nil }
        guard let since, since <= now else { return isReady ? nil : 1 }
        return isReady ? 1 : 0
      }
      let service = scene.services.service(ofPod: ref.name, namespace: ref.namespace)
      let entity = Entity(kind: .service, namespace: ref.namespace, name: service)
      let locator = Locator(
        path: recorded.path, detail: "Pod \(ref.namespace)/\(ref.name) condition Ready")
      groups[entity, default: []].append((values, locator))
    }
    return groups.sorted { $0.key < $1.key }.map { entity, pods in
      of(entity, pods: pods.map(\.values), pods[0].locator, in: scene)
    }
  }

  private static func of(
    _ entity: Entity, pods: [[Double?]], _ locator: Locator, in scene: ReplayScene
  ) -> WorkloadReplicas {
    let steps = 0..<scene.clock.count
    let counts = steps.map { step in pods.compactMap { $0[step] } }
    return WorkloadReplicas(
      entity: entity, service: entity.name,
      desired: counts.map { $0.isEmpty ? nil : Double($0.count) },
      available: counts.map { $0.isEmpty ? nil : $0.reduce(0, +) }, locator: locator)
  }
}
