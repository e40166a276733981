import Canonical
import Policies
import Replay
import Telemetry

/// Flags services that do not answer those who watch them.
///
/// - Input: the gauges of `service-down.gauges`, which are 1 while a target answers: an exporter's
///   `redis_up` and the like, probes, and `up` for services whose replicas nobody counts, since
///   where Kubernetes counts them it knows better which of them should answer.
/// - Kind: a failure of the service; a failed probe is an error, as a request is: it may fail by
///   what the service depends on.
/// - Claim: the share of a service's targets that is down, averaged over `service-down.window`, or
///   down throughout `service-down.sustained`, is at least `service-down.from`.
/// - Strength: that share.
/// - Missing data: a target that is not watched says nothing; services without these gauges are
///   not judged.
struct ServiceDown: Detector {
  static let name = "service-down"
  static let component: String? = "availability"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    var isEvaluable = Array(repeating: false, count: scene.clock.count)
    let watched = WatchedService.all(in: scene)
    let window = scene.steps(minutes: settings.number(.serviceDownWindow))
    let sustained = scene.steps(minutes: settings.number(.serviceDownSustained))
    let from = settings.number(.serviceDownFrom)
    for service in watched {
      let down = service.down(scene.clock)
      let strengths = PodUnavailable.shares(of: down, window: window, sustained: sustained)
      for step in 0..<scene.clock.count where strengths[step] != nil { isEvaluable[step] = true }
      builder.add(
        entity: service.entity, service: service.name, strengths: strengths,
        claims: strengths.map { $0.map { $0 >= from ? $0 : 0 } }, joining: 1
      ) { run, peak in
        var begin = run.lowerBound
        while begin > 0, (down[begin - 1] ?? 0) > 0 { begin -= 1 }
        let last = run.last { (down[$0] ?? 0) > 0 } ?? run.upperBound - 1
        let text = service.text(
          share: strengths[peak] ?? 0, minutes: settings.number(.serviceDownWindow))
        return FindingDraft(
          kind: service.isProbed ? .error : .failure, entity: service.entity, service: service.name,
          start: scene.clock[begin], end: scene.clock[last], value: strengths[peak] ?? 0,
          baseline: 0,
          unit: "ratio of targets", locator: service.locator,
          text: text)
      }
    }
    return builder.result(
      isEvaluable: isEvaluable, read: "targets of \(watched.count) services",
      missing: "no gauge in the bundle says whether a service answers")
  }
}

/// The targets of one service by one metric.
private struct WatchedService {
  let entity: Entity
  let name: String?
  let metric: String
  let targets: [[Double?]]
  let locator: Locator

  /// The share of targets that is down at every step; nil without any.
  func down(_ clock: ReplayClock) -> [Double?] {
    (0..<clock.count).map { step in
      let states = targets.compactMap { $0[step] }
      guard !states.isEmpty else { return nil }
      return 1 - states.reduce(0) { $0 + max(0, min(1, $1)) } / Double(states.count)
    }
  }

  /// Whether a blackbox probe asks it, as a client does.
  var isProbed: Bool { metric == Self.probeMetric }

  func text(share: Double, minutes: Double) -> String {
    let percent = Canonical.text(share * 100, significant: 2)
    guard !isProbed else {
      return "\(entity.name): \(percent) % of the probes failed over"
        + " \(Canonical.text(minutes)) minutes at the worst"
    }
    let what = targets.count == 1 ? "it was down" : "its targets were down"
    return "\(entity.name): \(metric) says that \(what) for \(percent) % of"
      + " \(Canonical.text(minutes)) minutes at the worst"
  }

  private static let probeMetric = "probe_success"

  static func all(in scene: ReplayScene) -> [WatchedService] {
    let counted = Set(WorkloadReplicas.all(in: scene).map(\.service))
    let patterns = scene.policy.detectors.names(.serviceDownGauges)
    var taken: Set<String> = []
    return patterns.flatMap { scene.metrics.names(matching: $0) }
      .filter { taken.insert($0).inserted }
      .flatMap { services(by: $0, in: scene) }
      .filter { $0.metric != "up" || !counted.contains($0.entity.name) }
      .sorted { $0.entity == $1.entity ? $0.metric < $1.metric : $0.entity < $1.entity }
  }

  private static func services(by metric: String, in scene: ReplayScene) -> [WatchedService] {
    var groups: [Entity: [RecordedSeries]] = [:]
    // What only exports metrics serves no users: `up` counts where something counts requests.
    let serving = metric == "up" ? Set(ServiceRequests.all(in: scene).map(\.entity)) : []
    for recorded in scene.metrics.series(of: metric) {
      let labels = recorded.series.labels
      if metric == probeMetric {
        let target = ProbeTarget(instance: labels.own("instance") ?? "unknown")
        groups[target.entity, default: []].append(recorded)
      } else if let entity = scene.serviceEntity(of: labels),
        metric != "up" || serving.contains(entity)
      {
        groups[entity, default: []].append(recorded)
      }
    }
    return groups.sorted { $0.key < $1.key }.map { entity, series in
      WatchedService(
        entity: entity, name: entity.kind == .service ? entity.name : nil, metric: metric,
        targets: series.map { GaugeReading(averaging: $0.series, clock: scene.clock).values },
        locator: Locator(
          path: series[0].path,
          detail: metric == probeMetric
            ? series[0].series.labels.selector
            : scene.selector(of: metric, like: series[0].series.labels)))
    }
  }
}
