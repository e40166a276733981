import Canonical
import Policies
import Replay
import Telemetry

/// Takes over the alerts that the recorded Prometheus fired.
///
/// - Input: `ALERTS{alertstate="firing"}`, from a recorded range or from the list of alerts.
/// - Claim: the alert fired, with pauses shorter than `alert.join` left out; alerts named in
///   `alert.ignored` and severities in `alert.ignored-severities` are left out.
/// - Strength: 0.8 for a severity in `alert.urgent`, else 0.5; no part of the score, which makes up
///   its own mind.
/// - Missing data: without `ALERTS` nothing is known about past alerts.
struct AlertFiring: Detector {
  static let name = "alert"
  static let component: String? = nil

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let alerts = Self.alerts(in: scene)
    let hasData = !scene.metrics.series(of: "ALERTS").isEmpty
    return DetectorResult(
      findings: alerts.map(\.finding),
      outcome: DetectorOutcome(
        detector: Self.name,
        state: !hasData ? .insufficientData : alerts.isEmpty ? .normal : .anomalous,
        reason: hasData ? "recorded alerts" : "no recorded alerts are in the bundle"),
      tracks: [], isEvaluable: Array(repeating: hasData, count: scene.clock.count))
  }

  /// The alerts that fired, with their findings, in order of first firing and name.
  static func alerts(in scene: ReplayScene) -> [RecordedAlert] {
    let settings = scene.policy.detectors
    let alerts = scene.metrics.series(of: "ALERTS").flatMap { recorded -> [RecordedAlert] in
      let labels = recorded.series.labels
      guard labels["alertstate"] == "firing", let name = labels["alertname"],
        !settings.names(.alertIgnored).contains(name),
        !settings.names(.alertIgnoredSeverities).contains(labels["severity"] ?? "")
      else { return [] }
      let join = TimeSpan(nanoseconds: Int64(settings.number(.alertJoin) * 60e9))
      return SampleRun.runs(of: recorded.series, clock: scene.clock, joining: join) { $0 > 0 }.map {
        run in
        alert(name, run, recorded, in: scene)
      }
    }
    return alerts.sorted { left, right in
      if left.firstFired != right.firstFired { return left.firstFired < right.firstFired }
      if left.name != right.name { return left.name.precedesInBytes(right.name) }
      return left.finding.id < right.finding.id
    }
  }

  private static func alert(
    _ name: String, _ run: (first: Timestamp, last: Timestamp, over: Timestamp?),
    _ recorded: RecordedSeries, in scene: ReplayScene
  ) -> RecordedAlert {
    let labels = recorded.series.labels
    let severity = labels["severity"] ?? ""
    let isUrgent = scene.policy.detectors.names(.alertUrgent).contains(severity)
    let own = labels.filter { !["__name__", "alertname", "alertstate", "severity"].contains($0) }
    let (entity, service) = subject(of: labels, in: scene)
    let locator = Locator(path: recorded.path, detail: labels.selector)
    let minutes = Canonical.text((run.last - run.first).seconds / 60, significant: 2)
    let about = own.selector == "{}" ? "" : " \(own.selector)"
    let finding = Finding(
      id: Finding.id(detector: Self.name, entity: entity, locator: locator, start: run.first),
      detector: Self.name, kind: isUrgent ? .error : .failure, entity: entity, service: service,
      interval: TimeRange(start: run.first, end: run.over ?? scene.clock.end),
      knownAt: scene.clock[min(scene.clock.index(seeing: run.first), scene.clock.count - 1)],
      isOpen: run.over == nil, value: (run.last - run.first).seconds / 60, baseline: 0,
      unit: "minutes", strength: isUrgent ? 0.8 : 0.5, locator: locator,
      text: "alert \(name)\(severity.isEmpty ? "" : " (\(severity))") fired for \(minutes)"
        + " minutes\(about)")
    return RecordedAlert(
      name: name, labels: own, firstFired: run.first, lastFiring: run.last, severity: severity,
      finding: finding)
  }

  private static func subject(
    of labels: LabelSet, in scene: ReplayScene
  )
    -> (entity: Entity, service: String?)
  {
    let namespace = scene.services.namespace(of: labels)
    if let pod = labels.firstValue(of: ServiceDirectory.podLabels) {
      return (
        Entity(kind: .pod, namespace: namespace, name: pod),
        scene.services.service(ofPod: pod, namespace: namespace)
      )
    }
    if let deployment = labels.own("deployment") {
      return (
        Entity(kind: .deployment, namespace: namespace, name: deployment),
        scene.services.service(ofWorkload: deployment, namespace: namespace)
      )
    }
    if let service = labels.firstValue(of: ["service", "app", "service_name"]) {
      return (Entity(kind: .service, namespace: namespace, name: service), service)
    }
    if let node = labels.own("node") { return (Entity(kind: .node, name: node), nil) }
    return (Entity(kind: .cluster, namespace: namespace, name: labels["alertname"] ?? ""), nil)
  }
}

/// An alert that the recorded Prometheus fired.
public struct RecordedAlert: Hashable, Sendable {
  /// The alert's name.
  public let name: String
  /// What distinguishes it from others of the name.
  public let labels: LabelSet
  /// When it first fired.
  public let firstFired: Timestamp
  /// When it last was firing.
  public let lastFiring: Timestamp
  /// Its `severity` label; empty when it has none.
  public let severity: String
  /// The finding that stands for it.
  public let finding: Finding
}
