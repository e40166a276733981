import Canonical
import Policies
import Replay
import Telemetry

/// Flags containers that wait for a reason that does not go away by itself.
///
/// - Input: `kube_pod_container_status_waiting_reason`; for pods without it the waiting state of
///   the pod object, since its Ready condition last changed.
/// - Claim: a reason that is not in `waiting-reason.ignored`, for `waiting-reason.sustained`.
/// - Strength: the share of the workload's wanted replicas that is away, at least
///   `waiting-reason.served`; without replica counts the share of its pods that wait.
/// - Missing data: not judged without the metric and pod objects. The metric is absent while
///   nothing waits, so pod metrics of any kind count as its source.
struct WaitingReason: Detector {
  static let name = "waiting-reason"
  static let component: String? = "availability"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    let waits = Wait.all(in: scene, ignoring: settings.names(.waitingReasonIgnored))
    let replicas = WorkloadReplicas.all(in: scene)
    let sustained = scene.steps(minutes: settings.number(.waitingReasonSustained))
    for wait in waits {
      let away = replicas.first { $0.service == wait.service }?
        .away(patience: scene.steps(minutes: settings.number(.podUnavailablePatience)))
      let peers = waits.filter { $0.service == wait.service }
      let strengths = (0..<scene.clock.count).map { step -> Double? in
        guard step >= sustained, wait.holds(throughout: step - sustained...step) else { return 0 }
        let share =
          away.flatMap { $0[step] }
          ?? Double(peers.count { $0.isWaiting[step] }) / Double(max(1, wait.pods))
        return max(settings.number(.waitingReasonServed), min(1, share))
      }
      let gap = scene.steps(minutes: 10)
      builder.add(
        entity: wait.container.entity, service: wait.service, strengths: strengths, joining: gap
      ) { run, _ in
        draft(wait, over: run, joining: gap, scene.clock)
      }
    }
    let hasMetrics = scene.metrics.names.contains { $0.hasPrefix("kube_pod_") }
    let pods = scene.objects(ofKind: "Pod").count
    return builder.result(
      hasData: hasMetrics || pods > 0,
      read: hasMetrics ? "waiting reasons" : "states of \(pods) pod objects",
      missing: "neither waiting reasons nor pod objects are in the bundle")
  }

  private func draft(
    _ wait: Wait, over run: Range<Int>, joining gap: Int, _ clock: ReplayClock
  )
    -> FindingDraft
  {
    // A back-off begins with waits that are too short to be sustained.
    var start = run.lowerBound
    while let earlier = (max(0, start - gap)..<start).last(where: { wait.isWaiting[$0] }) {
      start = earlier
    }
    let minutes = (start..<run.upperBound).reduce(0) { $0 + wait.seconds[$1] } / 60
    var text = "\(wait.container.pod): container \(wait.container.container) waits in"
    text += " \(wait.reason)"
    text += minutes >= 1 ? ", \(Canonical.text(minutes, significant: 2)) minutes in all" : ""
    if let message = wait.message { text += ": \(message)" }
    return FindingDraft(
      kind: .failure, entity: wait.container.entity, service: wait.service,
      start: min(clock[start], wait.firstSample(at: start) ?? clock[start]), value: minutes,
      baseline: 0, unit: "minutes", locator: wait.locator, text: text)
  }
}

/// One container that waits for one reason.
private struct Wait {
  let container: ContainerKey
  let service: String
  let reason: String
  let message: String?
  let isWaiting: [Bool]
  /// Seconds spent waiting since the step before, at every step.
  let seconds: [Double]
  /// The times of samples that say so, ascending; empty when an object says it.
  let samples: [Timestamp]
  /// The times of the steps.
  let clock: ReplayClock
  /// Pods of the same service.
  let pods: Int
  let locator: Locator

  /// The first sample that the step at `index` was the first to see.
  func firstSample(at index: Int) -> Timestamp? {
    samples.first { $0 <= clock[index] && (index == 0 || $0 > clock[index - 1]) }
  }

  func holds(throughout steps: ClosedRange<Int>) -> Bool { steps.allSatisfy { isWaiting[$0] } }

  static func all(in scene: ReplayScene, ignoring ignored: [String]) -> [Wait] {
    let pods = podCounts(in: scene)
    let measured = fromMetrics(scene, ignored, pods)
    let known = Set(measured.map(\.container))
    let stated = fromObjects(scene, ignored, pods).filter { !known.contains($0.container) }
    return (measured + stated).sorted {
      $0.container == $1.container
        ? $0.reason.precedesInBytes($1.reason) : $0.container < $1.container
    }
  }

  private static func podCounts(in scene: ReplayScene) -> [String: Int] {
    var pods: [String: Set<String>] = [:]
    for recorded in scene.metrics.series(of: "kube_pod_info") {
      let namespace = scene.services.namespace(of: recorded.series.labels)
      guard let pod = recorded.series.labels.own("pod") else { continue }
      pods[scene.services.service(ofPod: pod, namespace: namespace), default: []].insert(pod)
    }
    for recorded in scene.objects(ofKind: "Pod") {
      let ref = recorded.object.ref
      let service = scene.services.service(ofPod: ref.name, namespace: ref.namespace)
      pods[service, default: []].insert(ref.name)
    }
    return pods.mapValues(\.count)
  }

  private static func fromMetrics(
    _ scene: ReplayScene, _ ignored: [String], _ pods: [String: Int]
  ) -> [Wait] {
    scene.metrics.series(of: "kube_pod_container_status_waiting_reason").compactMap { recorded in
      let labels = recorded.series.labels
      guard let container = ContainerKey(labels, scene.services), let reason = labels["reason"],
        !ignored.contains(reason)
      else { return nil }
      let service = scene.services.service(ofPod: container.pod, namespace: container.namespace)
      let series = recorded.series
      let samples = (0..<series.count).filter { series.values[$0] > 0 }.map { series.times[$0] }
      return Wait(
        container: container, service: service, reason: reason, message: nil,
        isWaiting: GaugeReading(series, clock: scene.clock).values.map { ($0 ?? 0) > 0 },
        seconds: seconds(of: samples, every: series.times.interval, scene.clock),
        samples: samples, clock: scene.clock, pods: pods[service] ?? 1,
        locator: Locator(path: recorded.path, detail: labels.selector))
    }
  }

  /// Seconds per step, each sample standing for the interval since the one before.
  private static func seconds(
    of samples: [Timestamp], every interval: TimeSpan?, _ clock: ReplayClock
  ) -> [Double] {
    var seconds = Array(repeating: 0.0, count: clock.count)
    for time in samples {
      let step = clock.index(seeing: time)
      guard step < clock.count else { break }
      seconds[step] += (interval ?? clock.step).seconds
    }
    return seconds
  }

  private static func fromObjects(
    _ scene: ReplayScene, _ ignored: [String], _ pods: [String: Int]
  ) -> [Wait] {
    scene.objects(ofKind: "Pod").flatMap { recorded -> [Wait] in
      let ref = recorded.object.ref
      let ready = KubeFacts.condition("Ready", of: recorded.object.document)
      guard let since = KubeFacts.time(ready?["lastTransitionTime"]) ?? recorded.object.createdAt
      else { return [] }
      return KubeFacts.containerStatuses(of: recorded.object.document).compactMap { status in
        let waiting = status["state"]?["waiting"]
        guard let reason = waiting?["reason"]?.string, !ignored.contains(reason),
          let name = status["name"]?.string
        else { return nil }
        let service = scene.services.service(ofPod: ref.name, namespace: ref.namespace)
        return Wait(
          container: ContainerKey(namespace: ref.namespace, pod: ref.name, container: name),
          service: service, reason: reason,
          message: waiting?["message"]?.string.map { String($0.prefix(200)) },
          isWaiting: (0..<scene.clock.count).map { scene.clock[$0] >= since },
          seconds: (0..<scene.clock.count).map { step in
            step == 0 ? 0 : max(0, (scene.clock[step] - max(since, scene.clock[step - 1])).seconds)
          },
          samples: [], clock: scene.clock,
          pods: pods[service] ?? 1,
          locator: Locator(
            path: recorded.path, detail: "Pod \(ref.namespace)/\(ref.name) \(name) state.waiting"))
      }
    }
  }
}
