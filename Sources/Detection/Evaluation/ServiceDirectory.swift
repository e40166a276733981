import Policies
import Replay
import Telemetry

/// Says which service a pod, a workload, a series or a log stream belongs to.
///
/// A pod's service is, in this order: the one that its own scraped series name (`up` and request
/// counters; not by `job`, which may name a scrape of many workloads), its object's
/// `app.kubernetes.io/name`, `app` or `k8s-app` label, its workload's name, the name in its log
/// stream, and at last its own name without generated endings. So a failed pod and the failed
/// requests of its service meet under one name.
public struct ServiceDirectory: Sendable {
  private let serviceLabels: [String]
  private var podServices: [String: String] = [:]
  private var podWorkloads: [String: ObjectRef] = [:]
  private var workloadServices: [String: String] = [:]

  /// Labels that name a pod, most trusted first.
  static let podLabels = ["pod", "pod_name", "kubernetes_pod_name", "k8s_pod_name"]
  /// Labels that name a namespace, most trusted first.
  static let namespaceLabels = ["namespace", "kubernetes_namespace", "k8s_namespace_name"]
  /// Labels of a log stream that name its service, most trusted first.
  static let streamLabels = [
    "service_name", "service", "app", "app_kubernetes_io_name", "k8s_app", "container", "job",
    "unit", "filename", "host",
  ]

  init(observations: Observations, metrics: MetricIndex, objectives: ObjectivePolicy) {
    serviceLabels = objectives.serviceLabels
    readScrapedSeries(metrics, objectives)
    readPods(observations.objects)
    readPodMetrics(metrics)
    readStreams(observations.logs)
  }

  /// The service that a scraped series is about, or nil when no label says so.
  public func service(of labels: LabelSet) -> String? {
    if let name = namedService(of: labels) { return name }
    if let pod = labels.firstValue(of: Self.podLabels) {
      return service(ofPod: pod, namespace: namespace(of: labels))
    }
    return labels["job"].flatMap { $0.isEmpty ? nil : Self.lastPart($0) }
  }

  /// The service that a label other than `job` names.
  private func namedService(of labels: LabelSet) -> String? {
    labels.firstValue(of: serviceLabels.filter { $0 != "job" }).map(Self.lastPart)
  }

  private static func lastPart(_ name: String) -> String {
    guard let slash = name.lastIndex(of: "/") else { return name }
    return String(name[name.index(after: slash)...])
  }

  /// The service of a log stream, or nil when no label says so.
  public func service(ofStream labels: LabelSet) -> String? {
    if let pod = labels.firstValue(of: Self.podLabels),
      let service = podServices[key(namespace(of: labels), pod)]
    {
      return service
    }
    return Self.serviceName(inStream: labels)
  }

  /// The service that a log stream's own labels name, whatever else is known; nil when none does.
  public static func serviceName(inStream labels: LabelSet) -> String? {
    let label = streamLabels.first { !["", "unknown_service"].contains(labels[$0] ?? "") }
    guard let label, let name = labels[label] else { return nil }
    return label == "filename" ? withoutExtension(lastPart(name)) : name
  }

  /// The service of a pod.
  public func service(ofPod pod: String, namespace: String) -> String {
    podServices[key(namespace, pod)] ?? Self.withoutGeneratedEndings(pod)
  }

  /// The service of a Deployment, StatefulSet, DaemonSet or Job.
  public func service(ofWorkload name: String, namespace: String) -> String {
    workloadServices[key(namespace, name)] ?? name
  }

  /// The workload that owns a pod, when it is known.
  public func workload(ofPod pod: String, namespace: String) -> ObjectRef? {
    podWorkloads[key(namespace, pod)]
  }

  /// The namespace that a series or stream names; empty when none.
  public func namespace(of labels: LabelSet) -> String {
    labels.firstValue(of: Self.namespaceLabels) ?? ""
  }

  /// A ReplicaSet's Deployment by name: without the pod template's hash.
  static func deployment(ofReplicaSet name: String) -> String {
    guard let dash = name.lastIndex(of: "-") else { return name }
    return String(name[..<dash])
  }

  static func withoutGeneratedEndings(_ pod: String) -> String {
    var parts = pod.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.last else { return pod }
    if last.allSatisfy(\.isNumber) { return parts.dropLast().joined(separator: "-") }
    guard last.utf8.count == 5, last.contains(where: \.isNumber) || parts.count > 2 else {
      return pod
    }
    parts.removeLast()
    if parts.count > 1, let hash = parts.last, (6...10).contains(hash.utf8.count),
      hash.contains(where: \.isNumber)
    {
      parts.removeLast()
    }
    return parts.joined(separator: "-")
  }

  private static func withoutExtension(_ file: String) -> String {
    file.firstIndex(of: ".").flatMap { $0 > file.startIndex ? String(file[..<$0]) : nil } ?? file
  }

  private func key(_ namespace: String, _ name: String) -> String { "\(namespace)/\(name)" }
}

extension ServiceDirectory {
  private mutating func readScrapedSeries(_ metrics: MetricIndex, _ objectives: ObjectivePolicy) {
    let counters = objectives.requestCounters.flatMap { metrics.names(matching: $0.metric) }
    for name in ["up"] + counters {
      for recorded in metrics.series(of: name) {
        let labels = recorded.series.labels
        guard let pod = labels.firstValue(of: Self.podLabels),
          let service = namedService(of: labels)
        else { continue }
        let key = key(namespace(of: labels), pod)
        if podServices[key] == nil { podServices[key] = service }
      }
    }
  }

  private mutating func readPods(_ objects: [RecordedObject]) {
    for recorded in objects where recorded.object.ref.kind == "Pod" {
      let ref = recorded.object.ref
      let metadata = recorded.object.document["metadata"]
      if let owner = metadata?["ownerReferences"]?.elements.first,
        let kind = owner["kind"]?.string, let name = owner["name"]?.string
      {
        addOwner(kind: kind, name: name, pod: ref.name, namespace: ref.namespace)
      }
      let key = key(ref.namespace, ref.name)
      if podServices[key] == nil {
        let labels = metadata?["labels"]
        let names = ["app.kubernetes.io/name", "app", "k8s-app"].compactMap {
          labels?[$0]?.string
        }
        podServices[key] = names.first ?? podWorkloads[key]?.name
      }
      linkWorkload(of: key, namespace: ref.namespace)
    }
  }

  private mutating func readPodMetrics(_ metrics: MetricIndex) {
    for recorded in metrics.series(of: "kube_pod_info") {
      let labels = recorded.series.labels
      guard let pod = labels.own("pod"), let kind = labels["created_by_kind"],
        let name = labels["created_by_name"], !name.isEmpty, kind != "<none>"
      else { continue }
      let namespace = namespace(of: labels)
      let key = key(namespace, pod)
      if podWorkloads[key] == nil {
        addOwner(kind: kind, name: name, pod: pod, namespace: namespace)
      }
      if podServices[key] == nil { podServices[key] = podWorkloads[key]?.name }
      linkWorkload(of: key, namespace: namespace)
    }
  }

  private mutating func readStreams(_ logs: LogActivity?) {
    for activity in logs?.streams ?? [] {
      let labels = activity.stream.labels
      guard let pod = labels.firstValue(of: Self.podLabels) else { continue }
      let key = key(namespace(of: labels), pod)
      if podServices[key] == nil { podServices[key] = service(ofStream: labels) }
    }
  }

  private mutating func addOwner(kind: String, name: String, pod: String, namespace: String) {
    let isReplicaSet = kind == "ReplicaSet"
    podWorkloads[key(namespace, pod)] = ObjectRef(
      kind: isReplicaSet ? "Deployment" : kind, namespace: namespace,
      name: isReplicaSet ? Self.deployment(ofReplicaSet: name) : name)
  }

  private mutating func linkWorkload(of podKey: String, namespace: String) {
    guard let workload = podWorkloads[podKey], let service = podServices[podKey] else { return }
    let key = key(namespace, workload.name)
    if workloadServices[key] == nil { workloadServices[key] = service }
  }
}
