import Canonical
import Policies
import Replay
import Telemetry

/// Lists what was changed in the window: releases, restarts, scaling and configuration.
///
/// - Input: ReplicaSets with their creation and revision; ConfigMaps, Secrets, Ingresses and
///   NetworkPolicies with the times that they carry; scaling events; deployment generations;
///   versions in `…_build_info`. What an object tells in full is not told again by the others.
/// - Claim: none about good or bad. Changes are findings so that reasoning can cite them; they
///   never raise the score.
/// - Missing data: without objects, events and those metrics, changes cannot be seen, and the
///   outcome says so.
struct Rollout: Detector {
  static let name = "rollout"
  static let component: String? = nil

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let changes = Self.changes(in: scene)
    let findings = changes.map { change in
      Finding(
        id: Finding.id(
          detector: Self.name, entity: change.entity, locator: change.locator, start: change.time),
        detector: Self.name, kind: .amend, entity: change.entity, service: change.service,
        interval: TimeRange(
          start: change.time, end: min(scene.clock.end, change.end + .seconds(1))),
        knownAt: scene.clock[scene.clock.index(seeing: change.time)], isOpen: false, value: 1,
        baseline: nil, unit: "change", strength: 0, locator: change.locator, text: change.text)
    }
    let hasData =
      scene.hasObjects || !scene.observations.events.isEmpty
      || scene.metrics.names.contains {
        $0.hasPrefix("kube_deployment_") || $0.hasSuffix("_build_info")
      }
    let outcome = DetectorOutcome(
      detector: Self.name, state: hasData ? .normal : .insufficientData,
      reason: hasData
        ? "\(findings.count) changes in the window"
        : "no objects, events or versions that would show a change are in the bundle")
    return DetectorResult(
      findings: findings, outcome: outcome, tracks: [],
      isEvaluable: Array(repeating: hasData, count: scene.clock.count))
  }

  private static func changes(in scene: ReplayScene) -> [Change] {
    var changes = ReplicaSetChanges.all(in: scene) + ConfigurationChanges.all(in: scene)
    for more in [
      MeasuredChanges.events(in: scene), MeasuredChanges.generations(in: scene),
      MeasuredChanges.versions(in: scene),
    ] {
      for change in more.sorted(by: { $0.time < $1.time })
      where change.service == nil || !change.isCovered(by: changes) {
        changes.append(change)
      }
    }
    return changes
  }
}
