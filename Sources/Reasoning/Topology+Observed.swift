import Replay
import Telemetry

extension Topology {
  /// Reads the relations that objects and labels of series state.
  init(observed observations: Observations) {
    let services = observations.objects.compactMap { ServicePlace(object: $0.object) }
    var pods = PodRegister()
    let workloads = Self.workloadsByReplicaSet(observations.objects)
    for object in observations.objects.map(\.object) where object.ref.kind == "Pod" {
      pods.note(object, services: services, workloads: workloads)
    }
    for labels in observations.series.map(\.series.labels) {
      pods.note(labels, workloads: workloads)
    }
    self.init(pods: pods.places, services: services)
  }

  /// The deployment behind each ReplicaSet whose object names its owner.
  private static func workloadsByReplicaSet(_ objects: [RecordedObject]) -> [Entity: Entity] {
    var workloads: [Entity: Entity] = [:]
    for object in objects.map(\.object) where object.ref.kind == "ReplicaSet" {
      guard let owner = object.document["metadata"]?["ownerReferences"]?.elements.first,
        let name = owner["name"]?.string
      else { continue }
      let namespace = object.ref.namespace
      workloads[Entity(kind: .deployment, namespace: namespace, name: object.ref.name)] =
        Entity(kind: .deployment, namespace: namespace, name: name)
    }
    return workloads
  }
}

extension ServicePlace {
  /// Reads a Service; nil for any other object.
  init?(object: KubeObject) {
    guard object.ref.kind == "Service" else { return nil }
    let spec = object.document["spec"]
    let address = spec?["clusterIP"]?.string ?? ""
    self.init(
      entity: Entity(kind: .service, namespace: object.ref.namespace, name: object.ref.name),
      address: address == "None" ? "" : address,
      ports: (spec?["ports"]?.elements ?? []).flatMap { port in
        [port["port"], port["targetPort"]].compactMap { $0?.integer }
      },
      selector: (spec?["selector"]?.members ?? []).compactMap { member in
        member.value.string.map { Label(name: member.key, value: $0) }
      })
  }
}

/// Collects what different sources say about pods; the first source that knows a fact decides.
private struct PodRegister {
  private var byEntity: [Entity: PodPlace] = [:]

  /// The pods, sorted.
  var places: [PodPlace] {
    byEntity.values.sorted { $0.entity < $1.entity }
  }

  /// Series about other things than the process that they were scraped from: their `service`
  /// label, when they have one, is that of the exporter.
  private static let exporterPrefixes = ["kube_", "container_", "node_", "kubelet_", "probe_"]

  mutating func note(
    _ object: KubeObject, services: [ServicePlace], workloads: [Entity: Entity]
  ) {
    let document = object.document
    let namespace = object.ref.namespace
    let pod = Entity(kind: .pod, namespace: namespace, name: object.ref.name)
    let labels = document["metadata"]?["labels"] ?? .null
    let owner = document["metadata"]?["ownerReferences"]?.elements.first
    let workload = Self.workload(
      kind: owner?["kind"]?.string, name: owner?["name"]?.string, namespace: namespace,
      workloads: workloads)
    let selecting = services.filter { $0.selects(labels, in: namespace) }.map(\.entity).sorted()
    byEntity[pod] = PodPlace(
      entity: pod, workload: workload,
      service: selecting.first { $0.name == workload?.name } ?? selecting.first,
      node: document["spec"]?["nodeName"]?.string.map { Entity(kind: .node, name: $0) },
      address: document["status"]?["podIP"]?.string ?? "",
      ports: (document["spec"]?["containers"]?.elements ?? []).flatMap { container in
        (container["ports"]?.elements ?? []).compactMap { $0["containerPort"]?.integer }
      })
  }

  mutating func note(_ labels: LabelSet, workloads: [Entity: Entity]) {
    guard let name = labels["pod"], !name.isEmpty else { return }
    let namespace = labels["namespace"] ?? ""
    let metric = labels.metricName ?? ""
    let pod = Entity(kind: .pod, namespace: namespace, name: name)
    var place = byEntity[pod] ?? PodPlace(entity: pod)
    if metric == "kube_pod_info" {
      place.workload =
        place.workload
        ?? Self.workload(
          kind: labels["created_by_kind"], name: labels["created_by_name"], namespace: namespace,
          workloads: workloads)
      place.node = place.node ?? labels["node"].map { Entity(kind: .node, name: $0) }
      if place.address.isEmpty { place.address = labels["pod_ip"] ?? "" }
    } else if !Self.exporterPrefixes.contains(where: metric.hasPrefix) {
      if place.service == nil, let service = labels["service"], !service.isEmpty {
        place.service = Entity(kind: .service, namespace: namespace, name: service)
      }
    } else if metric.hasPrefix("container_") {
      place.node = place.node ?? labels["node"].map { Entity(kind: .node, name: $0) }
    }
    byEntity[pod] = place
  }

  /// The workload of a pod's owner. A ReplicaSet without an object of its own is named after its
  /// Deployment and a hash.
  private static func workload(
    kind: String?, name: String?, namespace: String, workloads: [Entity: Entity]
  ) -> Entity? {
    guard let kind, let name, !name.isEmpty, kind != "Node" else { return nil }
    let owner = Entity(kind: .deployment, namespace: namespace, name: name)
    guard kind == "ReplicaSet" else { return owner }
    if let workload = workloads[owner] { return workload }
    guard let dash = name.lastIndex(of: "-"), dash != name.startIndex else { return owner }
    return Entity(kind: .deployment, namespace: namespace, name: String(name[..<dash]))
  }
}
