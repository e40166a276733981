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
    func all(
      _ pattern: String, _ measures: (String) -> [AnomalyMeasure]
    ) -> [AnomalyMeasure] { scene.metrics.names(matching: pattern).flatMap(measures) }
    let counters = settings.names(.anomalyCounters).flatMap { pattern in
      all(pattern) { rates(of: $0, label: nil, in: scene) }
    }
    let coded = settings.pairs(.anomalyCoded).flatMap { pair in
      all(pair.first) { rates(of: $0, label: pair.second, in: scene) }
    }
    let gauges = settings.names(.anomalyGauges).flatMap { pattern in
      all(pattern) { levels(of: $0, in: scene) }
    }
    var seen: Set<[String]> = []
    return (counters + coded + gauges).filter { measure in
      let entity = measure.entity
      return seen.insert([measure.name, entity.kind.rawValue, entity.namespace, entity.name])
        .inserted
    }
  }

  /// - Parameter label: `name=value`, when only series with that label count.
  private static func rates(
    of metric: String, label: String?, in scene: ReplayScene
  ) -> [AnomalyMeasure] {
    let settings = scene.policy.detectors
    let steps = scene.steps(minutes: settings.number(.anomalyWindow))
    let condition = label.map(LabelCondition.init)
    return owned(scene.metrics.series(of: metric), scene).map { entity, service, series in
      var total = CounterReading(clock: scene.clock)
      var covered = CounterReading(clock: scene.clock)
      for recorded in series {
        guard let condition else {
          total.add(recorded.series, startsAtZero: false)
          continue
        }
        // The series of a code appears with its first error; the others tell that there is data.
        covered.add(recorded.series, startsAtZero: false)
        if condition.isMet(by: recorded.series.labels) {
          let times = recorded.series.times
          let isNew = times.count > 0 && times[0] > scene.clock[0]
          total.add(recorded.series, startsAtZero: isNew)
        }
      }
      let sums = WindowSums(total)
      let coverage = condition == nil ? sums : WindowSums(covered)
      let seconds = Double(steps) * scene.clock.step.seconds
      let values = (0..<scene.clock.count).map { step -> Double? in
        coverage.covered(last: steps, upTo: step) * 2 >= steps
          ? sums.sum(last: steps, upTo: step) / seconds : nil
      }
      let name = metric + (condition?.text ?? "")
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

/// `name=value`, as policies write it.
private struct LabelCondition {
  let name: String
  let value: String

  /// Policies are read with such texts only.
  init(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { preconditionFailure("BUG: \(text) is no label with its value") }
    (name, value) = (parts[0], parts[1])
  }

  /// Such as `{rcode="SERVFAIL"}`.
  var text: String { "{\(name)=\"\(value)\"}" }

  func isMet(by labels: LabelSet) -> Bool { labels[name]?.hasSameBytes(as: value) == true }
}
