import Canonical
import Replay
import Telemetry

/// Reads facts with their own times out of Kubernetes objects.
enum KubeFacts {
  /// An instant written as RFC 3339, or nil.
  static func time(_ value: JSONValue?) -> Timestamp? {
    value?.string.flatMap(Canonical.timestamp)
  }

  /// The condition called `type` of a pod, node or workload.
  static func condition(_ type: String, of document: JSONValue) -> JSONValue? {
    document["status"]?["conditions"]?.elements.first { $0["type"]?.string == type }
  }

  /// Statuses of all containers of a pod, init containers first.
  static func containerStatuses(of document: JSONValue) -> [JSONValue] {
    let status = document["status"]
    return (status?["initContainerStatuses"]?.elements ?? [])
      + (status?["containerStatuses"]?.elements ?? [])
  }
}

extension Entity {
  /// The entity that a Kubernetes object is.
  ///
  /// Workloads of every kind, and what scales them, are deployments, what routes to them is a
  /// service, and what is neither belongs to the cluster, under its kind and name.
  init(_ ref: ObjectRef) {
    switch ref.kind {
    case "Pod": self.init(kind: .pod, namespace: ref.namespace, name: ref.name)
    case "Node": self.init(kind: .node, name: ref.name)
    case "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "HorizontalPodAutoscaler":
      self.init(kind: .deployment, namespace: ref.namespace, name: ref.name)
    case "ReplicaSet":
      self.init(
        kind: .deployment, namespace: ref.namespace,
        name: ServiceDirectory.deployment(ofReplicaSet: ref.name))
    case "Service", "Ingress", "Endpoints", "EndpointSlice":
      self.init(kind: .service, namespace: ref.namespace, name: ref.name)
    default:
      self.init(kind: .cluster, namespace: ref.namespace, name: "\(ref.kind)/\(ref.name)")
    }
  }
}

extension ReplayScene {
  /// The service of a Kubernetes object, or nil for nodes and what belongs to the cluster.
  func service(of ref: ObjectRef) -> String? {
    let entity = Entity(ref)
    switch entity.kind {
    case .pod: return services.service(ofPod: ref.name, namespace: ref.namespace)
    case .deployment: return services.service(ofWorkload: entity.name, namespace: ref.namespace)
    case .service: return ref.name
    case .node, .cluster, .external: return nil
    }
  }
}

/// One container of one pod.
struct ContainerKey: Hashable, Comparable {
  let namespace: String
  let pod: String
  let container: String

  init(namespace: String, pod: String, container: String) {
    self.namespace = namespace
    self.pod = pod
    self.container = container
  }

  /// Reads the labels of a container metric; nil without a pod, or for a pod's own cgroup.
  init?(_ labels: LabelSet, _ services: ServiceDirectory) {
    let name = labels.firstValue(of: ["container", "container_name"]) ?? ""
    guard let pod = labels.firstValue(of: ServiceDirectory.podLabels), !name.isEmpty,
      name != "POD"
    else { return nil }
    self.init(namespace: services.namespace(of: labels), pod: pod, container: name)
  }

  var entity: Entity { Entity(kind: .pod, namespace: namespace, name: pod) }

  static func < (left: ContainerKey, right: ContainerKey) -> Bool {
    if left.entity != right.entity { return left.entity < right.entity }
    return left.container.precedesInBytes(right.container)
  }
}
