import Policies
import Telemetry

/// Which pod belongs to which workload, service and node, and who answers at which address.
///
/// Only certain relations are held: owner references, selectors, node names, addresses of
/// objects, and labels of series that name a pod and its service together.
struct Topology: Sendable {
  /// Pods, sorted by entity.
  let pods: [PodPlace]
  /// Services with their own object, sorted by entity.
  let services: [ServicePlace]
  private let podIndex: [Entity: Int]
  private let podIndexByAddress: [String: Int]
  private let namespacesByService: [String: [String]]

  /// Makes a topology from pods and services in any order, each entity once.
  init(pods: [PodPlace], services: [ServicePlace]) {
    let pods = pods.sorted { $0.entity < $1.entity }
    let services = services.sorted { $0.entity < $1.entity }
    var names: [String: [String]] = [:]
    for entity in Set(services.map(\.entity) + pods.compactMap(\.service)).sorted() {
      names[entity.name, default: []].append(entity.namespace)
    }
    self.pods = pods
    self.services = services
    namespacesByService = names
    podIndex = Dictionary(
      pods.indices.map { (pods[$0].entity, $0) }, uniquingKeysWith: { first, _ in first })
    podIndexByAddress = Dictionary(
      pods.indices.filter { !pods[$0].address.isEmpty }.map { (pods[$0].address, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What is known of a pod, or nil.
  func place(of pod: Entity) -> PodPlace? {
    podIndex[pod].map { pods[$0] }
  }

  /// The service of a name, in `namespace` or, when that has none, in the only one that has.
  func service(named name: String, near namespace: String) -> Entity? {
    guard let namespaces = namespacesByService[name] else { return nil }
    if namespaces.contains(namespace) {
      return Entity(kind: .service, namespace: namespace, name: name)
    }
    guard namespaces.count == 1 else { return nil }
    return Entity(kind: .service, namespace: namespaces[0], name: name)
  }

  /// What is held responsible for trouble of `entity`: its service, else its workload, else itself.
  ///
  /// - Parameter hint: The service that a finding states, or nil.
  func owner(of entity: Entity, hint: String? = nil) -> Entity {
    switch entity.kind {
    case .node, .external, .cluster: return entity
    case .service:
      return service(named: entity.name, near: entity.namespace) ?? entity
    case .pod, .deployment:
      if let hint {
        return service(named: hint, near: entity.namespace)
          ?? Entity(kind: .service, namespace: entity.namespace, name: hint)
      }
      if entity.kind == .pod {
        guard let place = place(of: entity) else { return entity }
        return place.service ?? place.workload ?? entity
      }
      let members = pods.filter { $0.workload == entity }
      return members.lazy.compactMap(\.service).first ?? entity
    }
  }

  /// The pods of a service, deployment or node.
  func pods(of entity: Entity) -> [PodPlace] {
    switch entity.kind {
    case .service: pods.filter { $0.service == entity }
    case .deployment: pods.filter { $0.workload == entity }
    case .node: pods.filter { $0.node == entity }
    case .pod: pods.filter { $0.entity == entity }
    case .external, .cluster: []
    }
  }

  /// The service, workload or pod that answers at an address, or nil when it is not known.
  ///
  /// Addresses of pods are used again: one that is asked for at a port that its pod does not serve
  /// was another pod's.
  ///
  /// - Parameters:
  ///   - host: An address, or a name such as `redis`, `redis.shop` or `redis.shop.svc.cluster.local`.
  ///   - port: The port, when it is known.
  ///   - namespace: The namespace of the caller, where short names are looked up first.
  func answering(at host: String, port: Int64? = nil, near namespace: String) -> Entity? {
    if let service = services.first(where: { $0.address == host }) { return service.entity }
    if let index = podIndexByAddress[host] {
      return serves(pods[index], port) ? owner(of: pods[index].entity) : nil
    }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard let name = parts.first else { return nil }
    if parts.count == 1 { return service(named: name, near: namespace) }
    guard parts.count == 2 || parts[2] == "svc" else { return nil }
    let entity = service(named: name, near: parts[1])
    if entity?.namespace == parts[1] { return entity }
    // A name under `svc` is inside the cluster, whether or not its Service was captured.
    return parts.count > 2 ? Entity(kind: .service, namespace: parts[1], name: name) : nil
  }

  private func serves(_ pod: PodPlace, _ port: Int64?) -> Bool {
    let service = services.first { $0.entity == pod.service }
    let known = pod.ports + (service?.ports ?? [])
    return port.map { known.isEmpty || known.contains($0) } ?? true
  }
}

/// What is known of one pod.
struct PodPlace: Hashable, Sendable {
  /// The pod.
  let entity: Entity
  /// The deployment, stateful set or daemon set that it belongs to.
  var workload: Entity?
  /// The service that selects it, or that its own series name.
  var service: Entity?
  /// The node that it runs on.
  var node: Entity?
  /// Its address; empty when it is not known.
  var address = ""
  /// The ports that its containers declare; empty when they are not known.
  var ports: [Int64] = []
}

/// What is known of one Kubernetes Service.
struct ServicePlace: Hashable, Sendable {
  /// The service.
  let entity: Entity
  /// Its cluster address; empty when it has none.
  let address: String
  /// Its ports and the numbered ones behind them.
  let ports: [Int64]
  /// The labels that select its pods; empty when it selects none.
  let selector: [Label]

  /// Whether a pod with `labels` in `namespace` belongs to it.
  func selects(_ labels: JSONValue, in namespace: String) -> Bool {
    !selector.isEmpty && namespace == entity.namespace
      && selector.allSatisfy { labels[$0.name]?.string == $0.value }
  }
}
