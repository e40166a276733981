import Policies
import Replay
import Telemetry

/// One measurement of one entity whose growth is bad: errors a second, or the length of a queue.
struct AnomalyMeasure {
  /// What it is measured on.
  let entity: Entity
  /// Its service, or nil.
  let service: String?
  /// The metric, with the label that makes it bad, such as `dns_responses_total{rcode="SERVFAIL"}`.
  let name: String
  /// Whether the values are rates per second; levels otherwise.
  let isRate: Bool
  /// The value at every step; nil without data.
  let values: [Double?]
  /// Where the first of its series stands.
  let locator: Locator
}

extension AnomalyMeasure {
  /// All measurements that the policy names, in order of metric and entity.
  static func all(in scene: ReplayScene) -> [AnomalyMeasure] {
    let settings = scene.policy.detectors
    let counters = settings.names(.anomalyCounters).flatMap { pattern in
      names(pattern, scene).flatMap { rates(of: $0, label: nil, in: scene) }
    }
    let coded = settings.pairs(.anomalyCoded).flatMap { pair in
      names(pair.first, scene).flatMap { rates(of: $0, label: pair.second, in: scene) }
    }
    let gauges = settings.names(.anomalyGauges).flatMap { pattern in
      names(pattern, scene).flatMap { levels(of: $0, in: scene) }
    }
    return (counters + coded + gauges).reduce(into: [AnomalyMeasure]()) { kept, next in
      if !kept.contains(where: { $0.name == next.name && $0.entity == next.entity }) {
        kept.append(next)
      }
    }
  }

  private static func names(_ pattern: String, _ scene: ReplayScene) -> [String] {
    scene.metrics.names(matching: pattern)
  }

  /// - Parameter label: `name=value`, when only series with that label count.
  private static func rates(
    of metric: String, label: String?, in scene: ReplayScene
  ) -> [AnomalyMeasure] {
    let settings = scene.policy.detectors
    let steps = scene.steps(minutes: settings.number(.anomalyWindow))
    let condition = label.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    let all = scene.metrics.series(of: metric)
    let isCounting = { (labels: LabelSet) -> Bool in
      guard let condition else { return true }
      return condition.count == 2 && labels[condition[0]] == condition[1]
    }
    return owned(all, scene).compactMap { entity, service, series in
      var total = CounterReading(clock: scene.clock)
      var covered = CounterReading(clock: scene.clock)
      for recorded in series {
        covered.add(recorded.series, startsAtZero: false)
        if isCounting(recorded.series.labels) {
          let isNew =
            (recorded.series.times.first ?? scene.clock.start) > scene.clock[0]
            && condition != nil
          total.add(recorded.series, startsAtZero: isNew)
        }
      }
      let sums = WindowSums(total)
      let coverage = WindowSums(covered)
      let seconds = Double(steps) * scene.clock.step.seconds
      let values = (0..<scene.clock.count).map { step -> Double? in
        coverage.covered(last: steps, upTo: step) * 2 >= steps
          ? sums.sum(last: steps, upTo: step) / seconds : nil
      }
      let name = condition.map { "\(metric){\($0[0])=\"\($0.last ?? "")\"}" } ?? metric
      return AnomalyMeasure(
        entity: entity, service: service, name: name, isRate: true, values: values,
        locator: Locator(path: series[0].path, detail: name))
    }
  }

  private static func levels(of metric: String, in scene: ReplayScene) -> [AnomalyMeasure] {
    owned(scene.metrics.series(of: metric), scene).map { entity, service, series in
      let readings = series.map { GaugeReading($0.series, clock: scene.clock).values }
      let values = (0..<scene.clock.count).map { step -> Double? in
        let present = readings.compactMap { $0[step] }.filter(\.isFinite)
        return present.isEmpty ? nil : present.reduce(0, +)
      }
      return AnomalyMeasure(
        entity: entity, service: service, name: metric, isRate: false, values: values,
        locator: Locator(path: series[0].path, detail: metric))
    }
  }

  /// Series by the service they belong to, or else by their pod, node or target.
  private static func owned(
    _ series: [RecordedSeries], _ scene: ReplayScene
  ) -> [(Entity, String?, [RecordedSeries])] {
    var groups: [Entity: (service: String?, series: [RecordedSeries])] = [:]
    for recorded in series {
      let labels = recorded.series.labels
      let owner = scene.owner(of: labels)
      let entity = scene.serviceEntity(of: labels) ?? owner.entity
      groups[entity, default: (owner.service, [])].series.append(recorded)
    }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value.service, $0.value.series) }
  }
}

extension SampleTimes {
  /// The first instant, or nil.
  fileprivate var first: Timestamp? { count > 0 ? self[0] : nil }
}
