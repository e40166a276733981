import Replay
import Telemetry

/// One or more terminations of a container that were seen at one time.
struct Termination {
  /// When.
  let time: Timestamp
  /// How many: more than one when several fell between two samples.
  let count: Double
  /// The reason as Kubernetes gives it, such as `OOMKilled`; nil when it is not known.
  var reason: String?
  /// The exit code, when it is known.
  var exitCode: Int64?
  /// The creation of the pod since which `count` counts; nil when all were at `time`.
  var countedSince: Timestamp?
  /// Where it stands.
  let locator: Locator

  /// Whether the kernel killed it for memory: `OOMKilled`, and not with the exit code of a
  /// termination on request, which runtimes mislabel.
  ///
  /// - Source: kubernetes #140716 for `OOMKilled` with 143.
  var isMemoryKill: Bool { reason == "OOMKilled" && exitCode != 143 && exitCode != 0 }
}

extension Termination {
  /// Terminations of every container, sorted by container and time.
  ///
  /// Restart counters say when; `last_terminated_reason` and pod objects, which remember only the
  /// last termination, say why. An object's termination that no counter saw counts by itself.
  static func all(in scene: ReplayScene) -> [(container: ContainerKey, events: [Termination])] {
    var events = restarts(in: scene)
    let counted = Set(events.keys)
    let reasons = terminatedReasons(in: scene)
    for (container, list) in events {
      events[container] = list.map { event in
        var event = event
        event.reason = reasons[container]?.last { $0.time <= event.time }?.reason
        return event
      }
    }
    for found in objectTerminations(in: scene) {
      let near = TimeSpan.minutes(2)
      let list = events[found.container] ?? []
      let match = list.lastIndex { event in
        event.time >= found.event.time && event.time <= found.event.time + near
      }
      if let match {
        events[found.container]?[match].exitCode = found.event.exitCode
        events[found.container]?[match].reason = found.event.reason ?? list[match].reason
      } else if !counted.contains(found.container) {
        events[found.container, default: []].append(found.event)
      }
    }
    return events.sorted { $0.key < $1.key }.map { container, list in
      (container, list.sorted { $0.time < $1.time })
    }
  }

  private static func restarts(in scene: ReplayScene) -> [ContainerKey: [Termination]] {
    var events: [ContainerKey: [Termination]] = [:]
    var seen: [PodCounter: [TimeRange]] = [:]
    for recorded in scene.metrics.series(of: "kube_pod_container_status_restarts_total") {
      let series = recorded.series
      guard let container = ContainerKey(series.labels, scene.services), series.count > 1 else {
        continue
      }
      // Several kube-state-metrics tell of one container; of those at one time the first counts.
      let counter = PodCounter(container: container, uid: series.labels["uid"] ?? "")
      let span = TimeRange(start: series.times[0], end: series.times[series.count - 1])
      if seen[counter, default: []].contains(where: span.overlaps) { continue }
      seen[counter, default: []].append(span)
      let locator = Locator(path: recorded.path, detail: series.labels.selector)
      for index in stride(from: 1, to: series.count, by: 1) {
        let rise = series.values[index] - series.values[index - 1]
        guard rise > 0, rise.isFinite, series.times[index] <= scene.clock.end else { continue }
        events[container, default: []].append(
          Termination(
            time: series.times[index], count: rise, reason: nil, exitCode: nil, locator: locator))
      }
    }
    return events
  }

  private static func terminatedReasons(
    in scene: ReplayScene
  )
    -> [ContainerKey: [(time: Timestamp, reason: String)]]
  {
    var reasons: [ContainerKey: [(time: Timestamp, reason: String)]] = [:]
    for recorded in scene.metrics.series(of: "kube_pod_container_status_last_terminated_reason") {
      let series = recorded.series
      guard let container = ContainerKey(series.labels, scene.services),
        let reason = series.labels["reason"]
      else { continue }
      for index in 0..<series.count where series.values[index] > 0 {
        reasons[container, default: []].append((series.times[index], reason))
      }
    }
    return reasons.mapValues { list in
      list.sorted { $0.time == $1.time ? $0.reason < $1.reason : $0.time < $1.time }
    }
  }

  private static func objectTerminations(
    in scene: ReplayScene
  )
    -> [(container: ContainerKey, event: Termination)]
  {
    scene.objects(ofKind: "Pod").flatMap { recorded in
      KubeFacts.containerStatuses(of: recorded.object.document).flatMap { status in
        ["lastState", "state"].compactMap { state in
          termination(status, state: state, of: recorded, in: scene)
        }
      }
    }
  }

  private static func termination(
    _ status: JSONValue, state: String, of recorded: RecordedObject, in scene: ReplayScene
  ) -> (container: ContainerKey, event: Termination)? {
    let ref = recorded.object.ref
    guard let ended = status[state]?["terminated"], let name = status["name"]?.string,
      let time = KubeFacts.time(ended["finishedAt"]), time > scene.clock.start,
      time <= scene.clock.end, ended["reason"]?.string != "Completed"
    else { return nil }
    let born = recorded.object.createdAt.flatMap { $0 > scene.clock.start ? $0 : nil }
    let restarts = Double(status["restartCount"]?.integer ?? 1)
    let isCounted = state == "lastState" && born != nil && restarts > 1
    let event = Termination(
      time: time, count: isCounted ? restarts : 1, reason: ended["reason"]?.string,
      exitCode: ended["exitCode"]?.integer, countedSince: isCounted ? born : nil,
      locator: Locator(
        path: recorded.path, detail: "Pod \(ref.namespace)/\(ref.name) \(name) \(state).terminated")
    )
    return (ContainerKey(namespace: ref.namespace, pod: ref.name, container: name), event)
  }
}

/// One container of one incarnation of a pod.
private struct PodCounter: Hashable {
  let container: ContainerKey
  let uid: String
}
