import Policies
import Replay
import Telemetry

/// How long the requests of one service took, per step.
struct ServiceDurations {
  /// The service.
  let entity: Entity
  /// Seconds spent.
  var seconds: CounterReading
  /// Requests measured.
  var requests: CounterReading
  /// Where the series stand.
  let locator: Locator

  /// Reads the durations of every service, by the first metric of the policy that it has; sorted.
  static func all(in scene: ReplayScene) -> [ServiceDurations] {
    var chosen: [Entity: String] = [:]
    var read: Set<String> = []
    var durations: [Entity: ServiceDurations] = [:]
    for metric in scene.policy.objectives.latencyMetrics {
      for name in scene.metrics.names(matching: metric.metric + "_sum")
      where read.insert(name).inserted {
        let family = String(name.dropLast("_sum".count))
        for recorded in scene.metrics.series(of: name) {
          guard let entity = scene.serviceEntity(of: recorded.series.labels),
            chosen[entity, default: family] == family
          else { continue }
          chosen[entity] = family
          var reading =
            durations[entity]
            ?? ServiceDurations(
              entity: entity, seconds: CounterReading(clock: scene.clock),
              requests: CounterReading(clock: scene.clock),
              locator: Locator(
                path: recorded.path,
                detail: scene.selector(of: name, like: recorded.series.labels)))
          reading.seconds.add(
            recorded.series.scaled(by: metric.secondsPerUnit), startsAtZero: false)
          durations[entity] = reading
        }
        for recorded in scene.metrics.series(of: family + "_count") {
          guard let entity = scene.serviceEntity(of: recorded.series.labels),
            chosen[entity] == family
          else { continue }
          durations[entity]?.requests.add(recorded.series, startsAtZero: false)
        }
      }
    }
    return durations.values.sorted { $0.entity < $1.entity }
  }

  /// The mean duration over the last `steps` steps, at every step; nil with fewer requests than
  /// `fewest` or data for less than half of the window.
  func means(over steps: Int, fewest: Double, clock: ReplayClock) -> [Double?] {
    let (requests, seconds) = (WindowSums(requests), WindowSums(seconds))
    return (0..<clock.count).map { step in
      let count = requests.sum(last: steps, upTo: step)
      guard count >= max(fewest, 1), requests.covered(last: steps, upTo: step) * 2 >= steps
      else { return nil }
      return seconds.sum(last: steps, upTo: step) / count
    }
  }

  /// The first of the `steps` steps up to `step` from which on the mean of every single step was
  /// at least `level`.
  func onset(before step: Int, over steps: Int, above level: Double) -> Int {
    var begin = step
    while begin > max(1, step - 2 * steps) {
      let count = requests.increases[begin - 1]
      guard count == 0 || seconds.increases[begin - 1] / count >= level else { break }
      begin -= 1
    }
    return begin
  }
}

extension Series {
  func scaled(by factor: Double) -> Series {
    factor == 1
      ? self : Series(labels: labels, times: times, values: values.map { $0 * factor })
  }
}
