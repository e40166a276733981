import Canonical
import Policies
import Replay
import Telemetry

/// Flags containers whose memory has risen close to their limit.
///
/// - Input: `container_memory_working_set_bytes` and the limit of the same container, from cAdvisor
///   or kube-state-metrics.
/// - Claim: the working set is at least nine tenths of the limit, and was at least
///   `memory-limit.rise` lower before.
/// - Strength: `memory-limit.ratio` over the ratio of working set and limit.
/// - Missing data: not judged for containers without a limit.
struct MemoryLimit: Detector {
  static let name = "memory-limit"
  static let component: String? = "resource"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    let containers = Self.containers(in: scene)
    for memory in containers {
      let strengths = memory.strengths(
        settings.scale(.memoryLimitRatio), rise: settings.number(.memoryLimitRise))
      builder.add(
        entity: memory.entity, service: memory.service, strengths: strengths,
        joining: scene.steps(minutes: settings.number(.memoryLimitJoin))
      ) { run, peak in
        let ratio = memory.ratios[peak] ?? 0
        let before = memory.lowest(before: run.lowerBound) ?? 0
        let percent = Canonical.text(ratio * 100, significant: 3)
        let text =
          "\(memory.subject) at \(percent) % of its"
          + " \(Canonical.bytes(memory.limits[peak] ?? 0)) limit, up from"
          + " \(Canonical.text(before * 100, significant: 3)) %"
        return FindingDraft(
          kind: .saturation, entity: memory.entity, service: memory.service, start: nil,
          value: ratio, baseline: before, unit: "ratio of the limit", locator: memory.locator,
          text: text)
      }
    }
    return builder.result(
      hasData: !containers.isEmpty, read: "memory of \(containers.count) limited containers",
      missing: "no container's working set and limit are in the bundle")
  }

  /// The memory of every container with a limit.
  static func containers(in scene: ReplayScene) -> [Saturation] {
    let limits =
      scene.metrics.series(of: "container_spec_memory_limit_bytes")
      + scene.metrics.series(of: "kube_pod_container_resource_limits").filter {
        $0.series.labels["resource"] == "memory"
      }
    return Saturation.pairs(
      used: scene.metrics.series(of: "container_memory_working_set_bytes"), limits: limits,
      in: scene, identity: { ContainerKey($0, scene.services) }
    ) { container, _ in
      let service = scene.services.service(
        ofPod: container.pod, namespace: container.namespace)
      return (
        container.entity, service, "\(container.pod): container \(container.container) memory"
      )
    }
  }
}
