import Canonical
import Replay
import Telemetry

/// Something that was changed, with the time at which it was.
struct Change {
  let time: Timestamp
  /// When the change was through; `time` when it took no time.
  var end: Timestamp
  let entity: Entity
  let service: String?
  let text: String
  let locator: Locator

  /// Whether another source says the same thing about the same service near the same time.
  func isCovered(by others: [Change]) -> Bool {
    others.contains { other in
      other.service == service && time >= other.time - .minutes(2)
        && time <= max(other.end, other.time + .minutes(10))
    }
  }
}

/// Rollouts, as ReplicaSets remember them.
enum ReplicaSetChanges {
  static func all(in scene: ReplayScene) -> [Change] {
    let sets = scene.objects(ofKind: "ReplicaSet")
    return sets.compactMap { recorded in
      guard let created = recorded.object.createdAt, created > scene.clock.start,
        created <= scene.clock.end
      else { return nil }
      return change(recorded, created: created, among: sets, in: scene)
    }
  }

  private static func change(
    _ recorded: RecordedObject, created: Timestamp, among sets: [RecordedObject],
    in scene: ReplayScene
  ) -> Change {
    let ref = recorded.object.ref
    let owner = deployment(of: recorded)
    let peers = sets.filter {
      $0.object.ref.namespace == ref.namespace && deployment(of: $0) == owner
    }
    let before = peers.filter { revision(of: $0) < revision(of: recorded) }
      .max { revision(of: $0) < revision(of: $1) }
    let service = scene.services.service(ofWorkload: owner, namespace: ref.namespace)
    let text =
      "\(owner): rollout of revision \(revision(of: recorded)): \(difference(before, recorded))"
    return Change(
      time: created, end: rolloutEnd(of: owner, ref.namespace, from: created, in: scene),
      entity: Entity(kind: .deployment, namespace: ref.namespace, name: owner), service: service,
      text: text,
      locator: Locator(path: recorded.path, detail: "ReplicaSet \(ref.namespace)/\(ref.name)"))
  }

  private static func deployment(of recorded: RecordedObject) -> String {
    let owners = recorded.object.document["metadata"]?["ownerReferences"]?.elements ?? []
    return owners.first { $0["kind"]?.string == "Deployment" }?["name"]?.string
      ?? ServiceDirectory.deployment(ofReplicaSet: recorded.object.ref.name)
  }

  private static func revision(of recorded: RecordedObject) -> Int64 {
    let annotations = recorded.object.document["metadata"]?["annotations"]
    return annotations?["deployment.kubernetes.io/revision"]?.string.flatMap { Int64($0) } ?? 0
  }

  private static func template(of recorded: RecordedObject) -> JSONValue? {
    recorded.object.document["spec"]?["template"]
  }

  private static func difference(_ before: RecordedObject?, _ after: RecordedObject) -> String {
    let images = images(of: after)
    guard let before else {
      return images.map { "\($0.container) image \($0.image)" }.joined(separator: ", ")
    }
    let old = Self.images(of: before)
    let changed = images.compactMap { new -> String? in
      guard let previous = old.first(where: { $0.container == new.container }) else {
        return "new container \(new.container)"
      }
      return previous.image == new.image
        ? nil : "\(new.container) image \(previous.image) → \(new.image)"
    }
    if !changed.isEmpty { return changed.joined(separator: ", ") }
    let key = "kubectl.kubernetes.io/restartedAt"
    let restarts = [before, after].map {
      template(of: $0)?["metadata"]?["annotations"]?[key]?.string
    }
    return restarts[0] == restarts[1]
      ? "same images, changed pod template" : "same images, restarted by kubectl rollout restart"
  }

  private static func images(of recorded: RecordedObject) -> [(container: String, image: String)] {
    let containers = template(of: recorded)?["spec"]?["containers"]?.elements ?? []
    return containers.compactMap { container in
      guard let name = container["name"]?.string, let image = container["image"]?.string else {
        return nil
      }
      return (name, image)
    }
  }

  /// The last scaling event of the deployment within a quarter of an hour.
  private static func rolloutEnd(
    of deployment: String, _ namespace: String, from start: Timestamp, in scene: ReplayScene
  ) -> Timestamp {
    scene.observations.events.reduce(start) { latest, recorded in
      let event = recorded.event
      guard event.reason == "ScalingReplicaSet", event.regarding.name == deployment,
        event.regarding.namespace == namespace, let time = event.lastSeen,
        time > latest, time <= start + .minutes(15)
      else { return latest }
      return time
    }
  }
}

/// Configuration that was created or says itself when it was applied.
enum ConfigurationChanges {
  private static let kinds = ["ConfigMap", "Secret", "Ingress", "NetworkPolicy"]
  /// Objects that the control plane writes for itself in every cluster: nobody changed anything.
  private static let ownedByControlPlane = [
    "extension-apiserver-authentication", "kube-apiserver-legacy-service-account-token-tracking",
    "kube-root-ca.crt",
  ]

  static func all(in scene: ReplayScene) -> [Change] {
    kinds.flatMap { scene.objects(ofKind: $0) }.flatMap { recorded -> [Change] in
      guard !ownedByControlPlane.contains(recorded.object.ref.name) else { return [] }
      guard let (time, how) = lastChange(of: recorded, in: scene) else { return [] }
      let ref = recorded.object.ref
      let text = "\(ref.kind) \(ref.namespace)/\(ref.name) was \(how)"
      let locator = Locator(
        path: recorded.path, detail: "\(ref.kind) \(ref.namespace)/\(ref.name)")
      let users = workloads(using: ref, in: scene)
      guard !users.isEmpty else {
        return [
          Change(
            time: time, end: time, entity: Entity(ref), service: nil, text: text, locator: locator)
        ]
      }
      return users.map { user in
        Change(
          time: time, end: time, entity: user,
          service: scene.services.service(ofWorkload: user.name, namespace: user.namespace),
          text: "\(user.name): \(text)", locator: locator)
      }
    }
  }

  /// The latest change inside the window, by creation, by a writer's time, or by an annotation
  /// whose value is an instant, such as `…/last-applied-at`.
  private static func lastChange(
    of recorded: RecordedObject, in scene: ReplayScene
  )
    -> (time: Timestamp, how: String)?
  {
    let metadata = recorded.object.document["metadata"]
    var times: [(time: Timestamp, how: String)] = []
    if let created = recorded.object.createdAt { times.append((created, "created")) }
    for field in metadata?["managedFields"]?.elements ?? [] where field["subresource"] == nil {
      guard let time = KubeFacts.time(field["time"]) else { continue }
      times.append((time, "written by \(field["manager"]?.string ?? "an unnamed writer")"))
    }
    for annotation in metadata?["annotations"]?.members ?? [] {
      guard let text = annotation.value.string, text.contains("T"),
        let time = Canonical.timestamp(text)
      else { continue }
      times.append((time, "changed, says its annotation \(annotation.key)"))
    }
    return times.filter { $0.time > scene.clock.start && $0.time <= scene.clock.end }
      .max { $0.time == $1.time ? $0.how < $1.how : $0.time < $1.time }
  }

  private static func workloads(using ref: ObjectRef, in scene: ReplayScene) -> [Entity] {
    let owners = ["Deployment", "StatefulSet", "DaemonSet"].flatMap { kind in
      scene.objects(ofKind: kind).filter { recorded in
        let spec = recorded.object.document["spec"]?["template"]?["spec"]
        return recorded.object.ref.namespace == ref.namespace && uses(ref, spec)
      }.map { Entity($0.object.ref) }
    }
    let pods = scene.objects(ofKind: "Pod").compactMap { recorded -> Entity? in
      let pod = recorded.object.ref
      guard pod.namespace == ref.namespace, uses(ref, recorded.object.document["spec"]),
        let workload = scene.services.workload(ofPod: pod.name, namespace: pod.namespace)
      else { return nil }
      return Entity(workload)
    }
    return Set(owners + pods).sorted()
  }

  private static func uses(_ ref: ObjectRef, _ spec: JSONValue?) -> Bool {
    let isSecret = ref.kind == "Secret"
    let isMounted = (spec?["volumes"]?.elements ?? []).contains {
      (isSecret ? $0["secret"]?["secretName"] : $0["configMap"]?["name"])?.string == ref.name
    }
    let key = isSecret ? "secret" : "configMap"
    return isMounted
      || (spec?["containers"]?.elements ?? []).contains { container in
        (container["envFrom"]?.elements ?? []).contains {
          $0["\(key)Ref"]?["name"]?.string == ref.name
        }
          || (container["env"]?.elements ?? []).contains {
            $0["valueFrom"]?["\(key)KeyRef"]?["name"]?.string == ref.name
          }
      }
  }
}
