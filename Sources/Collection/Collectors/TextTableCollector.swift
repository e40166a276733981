import BundleStore
import JSONStream
import Telemetry

/// Tables and descriptions that kubectl printed for people. They are no data, and lose nothing when
/// the same kind of object is there as JSON.
struct TextTableCollector: Collector {
  func claims(_ index: Int, in context: CollectionContext) -> Bool {
    kind(of: context.answers[index]) != nil
  }

  func collect(
    _ indices: [Int], in context: CollectionContext, emit: (CollectedEntry) throws -> Void
  ) throws -> Collected {
    let kinds = Self.kinds(in: context)
    var collected = Collected()
    for index in indices {
      let answer = context.answers[index]
      let kind = kind(of: answer) ?? ""
      let isHeld = kinds.contains(kind)
      let advice =
        isHeld
        ? "the same objects are here as JSON" : "export them with `kubectl get … -o json`"
      let noun = kind.isEmpty ? "objects" : "\(kind) objects"
      collected.lose(
        index,
        CoverageGap(
          source: .kubernetes, subject: answer.path, code: .textTable,
          detail: "a table of \(noun) for people; \(advice)", losesEvidence: !isHeld))
    }
    return collected
  }

  /// The kinds of object that the export holds as JSON.
  private static func kinds(in context: CollectionContext) -> Set<String> {
    var kinds: Set<String> = []
    for answer in context.answers {
      guard case .objects(let objects, let events) = answer.content else { continue }
      kinds.formUnion(objects.map(\.ref.kind))
      if !events.isEmpty { kinds.insert("Event") }
    }
    return kinds
  }

  /// The kind of object that a table shows, empty when that cannot be told; nil for anything else.
  private func kind(of answer: ExportAnswer) -> String? {
    switch answer.content {
    case .text(.kubectlText(let kind)):
      return kind == "unknown" ? Self.kind(inCommand: answer.request?.command ?? "") : kind
    case .document where answer.kind == .kubernetesTable:
      return Self.kind(inCommand: answer.request?.command ?? "")
    default: return nil
    }
  }

  /// `kubectl get pods -A` shows Pods; only the common kinds are known.
  private static func kind(inCommand command: String) -> String {
    let words = command.split(separator: " ").map(String.init)
    guard let verb = words.firstIndex(where: { $0 == "get" || $0 == "describe" }),
      words.indices.contains(verb + 1)
    else { return "" }
    let kinds = [
      "pod": "Pod", "po": "Pod", "node": "Node", "no": "Node", "deployment": "Deployment",
      "deploy": "Deployment", "service": "Service", "svc": "Service", "event": "Event",
      "ev": "Event", "replicaset": "ReplicaSet", "rs": "ReplicaSet", "statefulset": "StatefulSet",
      "sts": "StatefulSet", "configmap": "ConfigMap", "cm": "ConfigMap", "job": "Job",
      "namespace": "Namespace", "ns": "Namespace", "lease": "Lease", "ingress": "Ingress",
    ]
    let word = words[verb + 1].lowercased()
    return kinds[word] ?? (word.hasSuffix("s") ? kinds[String(word.dropLast())] : nil) ?? ""
  }
}
