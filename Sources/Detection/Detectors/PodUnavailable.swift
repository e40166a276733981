import Canonical
import Policies
import Replay
import Telemetry

/// Flags workloads with fewer replicas able to serve than wanted.
///
/// - Input: replica counts of Deployments, StatefulSets and DaemonSets; for others the readiness
///   of their pods, from metrics or else from pod objects.
/// - Claim: the share of replicas that served before and are wanted that is away, averaged over `pod-unavailable.window`, or
///   away throughout `pod-unavailable.sustained`, is at least `pod-unavailable.from`.
/// - Strength: that share.
/// - Missing data: not judged without replica counts, readiness and pod objects; objects tell only
///   the present state and since when it holds.
struct PodUnavailable: Detector {
  static let name = "pod-unavailable"
  static let component: String? = "availability"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    var isEvaluable = Array(repeating: false, count: scene.clock.count)
    let workloads = WorkloadReplicas.all(in: scene)
    let window = scene.steps(minutes: settings.number(.podUnavailableWindow))
    let sustained = scene.steps(minutes: settings.number(.podUnavailableSustained))
    for workload in workloads {
      let away = workload.away(
        patience:
          scene.steps(minutes: settings.number(.podUnavailablePatience)))
      let strengths = Self.shares(of: away, window: window, sustained: sustained)
      for step in 0..<scene.clock.count where strengths[step] != nil { isEvaluable[step] = true }
      let from = settings.number(.podUnavailableFrom)
      builder.add(
        entity: workload.entity, service: workload.service, strengths: strengths,
        claims: strengths.map { $0.map { $0 >= from ? $0 : 0 } }, joining: 1
      ) { run, peak in
        draft(workload, away: away, run: run, peak: peak, clock: scene.clock, window: window)
      }
    }
    return builder.result(
      isEvaluable: isEvaluable, read: "replicas of \(workloads.count) workloads",
      missing: "neither replica counts nor the readiness of pods are in the bundle")
  }

  /// The mean of `away` over the window, or what was away throughout the last steps if more.
  static func shares(of away: [Double?], window: Int, sustained: Int) -> [Double?] {
    away.indices.map { step in
      guard away[step] != nil else { return nil }
      let recent = away[max(0, step - window + 1)...step].compactMap { $0 }
      let mean = recent.reduce(0, +) / Double(window)
      let latest = away[max(0, step - sustained)...step]
      let lasting =
        latest.count > sustained ? latest.reduce(1.0) { min($0, $1 ?? 0) } : 0
      return max(mean, lasting)
    }
  }

  private func draft(
    _ workload: WorkloadReplicas, away: [Double?], run: Range<Int>, peak: Int, clock: ReplayClock,
    window: Int
  ) -> FindingDraft {
    var begin = run.lowerBound
    for step in stride(from: run.lowerBound - 1, through: max(0, run.lowerBound - window), by: -1)
    where (away[step] ?? 0) > 0 {
      begin = step
    }
    let last = run.last { (away[$0] ?? 0) > 0 } ?? run.upperBound - 1
    let worst = run.reduce(peak) { (away[$1] ?? 0) > (away[$0] ?? 0) ? $1 : $0 }
    let desired = workload.desired[worst] ?? 0
    let available = workload.available[worst] ?? 0
    let text =
      "\(workload.entity.name): \(Canonical.text(available, significant: 2)) of"
      + " \(Canonical.text(desired)) replicas available at the worst"
    return FindingDraft(
      kind: .failure, entity: workload.entity, service: workload.service, start: clock[begin],
      peakAt: clock[worst], end: clock[last], value: available, baseline: desired, unit: "replicas",
      locator: workload.locator,
      text: text)
  }
}
