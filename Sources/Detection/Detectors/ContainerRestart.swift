import Canonical
import Policies
import Replay
import Telemetry

/// Flags containers that were terminated and started again.
///
/// - Input: `kube_pod_container_status_restarts_total` and `…_last_terminated_reason`; the last
///   terminations that pod objects remember, with their exit codes.
/// - Claim: at least one termination within `container-restart.window`.
/// - Strength: `container-restart.repeats` over terminations in the window, and at least
///   `container-restart.killed` when one of them was a kill for memory.
/// - Missing data: not judged without restart counters and pod objects. An object remembers only
///   its last termination; without counters, how many there were is known for pods that were
///   created inside the window, and when the earlier ones were is not.
/// - Source: Kubernetes container back-off, reset after 10 minutes; exit codes 128 + signal.
struct ContainerRestart: Detector {
  static let name = "container-restart"
  static let component: String? = "events"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    let minutes = settings.number(.containerRestartWindow)
    let window = TimeSpan(nanoseconds: Int64(minutes * 60e9))
    for (container, events) in Termination.all(in: scene) {
      let strengths = (0..<scene.clock.count).map { step -> Double? in
        let now = scene.clock[step]
        let recent = events.filter { $0.time <= now && now - $0.time < window }
        let count = recent.reduce(0) { $0 + $1.count }
        let repeated = settings.scale(.containerRestartRepeats).strength(of: count)
        let isKill = recent.contains(where: \.isMemoryKill)
        return max(repeated, isKill ? settings.number(.containerRestartKilled) : 0)
      }
      let service = scene.services.service(
        ofPod: container.pod, namespace: container.namespace)
      builder.add(entity: container.entity, service: service, strengths: strengths) { run, _ in
        let known = scene.clock[run.lowerBound]
        let last =
          run.upperBound == scene.clock.count ? scene.clock.end : scene.clock[run.upperBound]
        let own = events.filter { known - $0.time < window && $0.time <= last }
        return draft(container, own, service: service)
      }
    }
    let hasCounters = !scene.metrics.series(of: "kube_pod_container_status_restarts_total").isEmpty
    let pods = scene.objects(ofKind: "Pod").count
    return builder.result(
      hasData: hasCounters || pods > 0,
      read: hasCounters ? "restart counters" : "last terminations in \(pods) pod objects",
      missing: "neither restart counters nor pod objects are in the bundle")
  }

  private func draft(
    _ container: ContainerKey, _ events: [Termination], service: String
  )
    -> FindingDraft
  {
    guard let first = events.first, let last = events.last else {
      preconditionFailure("BUG: a restart finding without a termination")
    }
    let count = events.reduce(0) { $0 + $1.count }
    let kills = events.filter(\.isMemoryKill).reduce(0) { $0 + $1.count }
    var text = "\(container.pod): container \(container.container) was terminated"
    text += count == 1 ? " once" : " \(Canonical.text(count)) times"
    if let born = first.countedSince {
      text += " since its pod was created at \(Canonical.timeOfDay(born))"
    }
    if let reason = last.reason {
      text += kills == count || count == 1 ? ": \(reason)" : ", last: \(reason)"
    }
    if let code = events.last(where: { $0.exitCode != nil })?.exitCode {
      text += " (exit \(code))"
    }
    if kills > 0, kills < count { text += "; \(Canonical.text(kills)) times for memory" }
    return FindingDraft(
      kind: .failure, entity: container.entity, service: service, start: first.time,
      end: last.time, value: count, baseline: 0, unit: "restarts", locator: first.locator,
      text: text)
  }
}
