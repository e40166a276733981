import Replay
import Telemetry

/// Error lines that were kept as examples, by the service or workload that wrote them.
struct ErrorLines: Sendable {
  /// Who wrote lines of any level, sorted.
  let owners: [Entity]
  private let byOwner: [Entity: [LogExample]]

  /// Puts the lines of every stream to their owner; streams that name none are left out.
  init(_ logs: LogActivity?, topology: Topology) {
    var byOwner: [Entity: [LogExample]] = [:]
    for activity in logs?.streams ?? [] {
      guard let owner = LogSubject(activity.stream).owner(in: topology) else { continue }
      byOwner[owner, default: []] += activity.errorExamples
    }
    self.byOwner = byOwner
    owners = byOwner.keys.sorted()
  }

  /// The error lines of one owner, in order of its streams.
  func lines(of owner: Entity) -> [LogExample] { byOwner[owner] ?? [] }

  /// Whether there is a log stream of `owner`, be it without errors.
  func hasStream(of owner: Entity) -> Bool { byOwner[owner] != nil }
}

/// Whose lines a log stream holds.
private struct LogSubject {
  private let pod: Entity?
  private let names: [String]
  private let namespace: String

  /// Reads the stream's labels.
  init(_ stream: LogStream) {
    let labels = stream.labels
    let namespace = labels["namespace"] ?? ""
    self.namespace = namespace
    pod = labels["pod"].map { Entity(kind: .pod, namespace: namespace, name: $0) }
    names = ["service", "service_name", "app", "container"].compactMap { labels[$0] }
  }

  /// The service or workload that the lines belong to, or nil when the labels do not say.
  func owner(in topology: Topology) -> Entity? {
    if let pod {
      let owner = topology.owner(of: pod)
      if owner.kind != .pod { return owner }
    }
    let services = names.lazy.compactMap { topology.service(named: $0, near: namespace) }
    if let service = services.first { return service }
    if let name = names.first {
      return Entity(kind: .service, namespace: namespace, name: name)
    }
    return pod
  }
}
