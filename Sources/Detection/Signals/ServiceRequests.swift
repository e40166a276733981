import Policies
import Replay
import Telemetry

/// The requests of one service, counted per step.
struct ServiceRequests {
  /// The service.
  let entity: Entity
  /// All requests.
  var total: CounterReading
  /// Requests that the server failed.
  var failed: CounterReading
  /// Where the counters stand.
  let locator: Locator
}

extension ServiceRequests {
  /// Reads the requests of every service, sorted by entity.
  ///
  /// A service is judged by the first counter of the policy that it has, and a counter is read by
  /// the first entry that its name and labels fit, so that one request counts once. A series that
  /// appears on a process that was seen before starts at 0: its first value counts, since the first
  /// error of a process creates the series of its code.
  static func all(in scene: ReplayScene, skipsGaps: Bool = false) -> [ServiceRequests] {
    let objectives = scene.policy.objectives
    var chosen: [Entity: String] = [:]
    var read: Set<String> = []
    var requests: [Entity: ServiceRequests] = [:]
    for counter in objectives.requestCounters {
      for name in scene.metrics.names(matching: counter.metric)
      where !isIgnored(name, by: objectives) && !read.contains(name) {
        let series = scene.metrics.series(of: name).filter {
          $0.series.labels.firstValue(of: counter.statusLabels) != nil
        }
        if !series.isEmpty { read.insert(name) }
        let births = firstSamples(of: series)
        for recorded in series {
          let labels = recorded.series.labels
          guard let entity = scene.serviceEntity(of: labels),
            chosen[entity, default: name] == name
          else { continue }
          chosen[entity] = name
          var reading = requests[entity] ?? empty(entity, recorded, name, scene)
          let isNew = isLater(recorded.series, than: births[process(of: labels)])
          let status = labels.firstValue(of: counter.statusLabels) ?? ""
          reading.total.add(recorded.series, startsAtZero: isNew, skipsGaps: skipsGaps)
          if counter.rule.isFailure(status) {
            reading.failed.add(recorded.series, startsAtZero: isNew, skipsGaps: skipsGaps)
          }
          requests[entity] = reading
        }
      }
    }
    return requests.values.sorted { $0.entity < $1.entity }
  }

  private static func empty(
    _ entity: Entity, _ recorded: RecordedSeries, _ metric: String, _ scene: ReplayScene
  ) -> ServiceRequests {
    ServiceRequests(
      entity: entity, total: CounterReading(clock: scene.clock),
      failed: CounterReading(clock: scene.clock),
      locator: Locator(
        path: recorded.path, detail: scene.selector(of: metric, like: recorded.series.labels)))
  }

  private static func isIgnored(_ name: String, by objectives: ObjectivePolicy) -> Bool {
    objectives.ignoredCounters.contains {
      $0.hasPrefix("*") ? name.hasSuffix($0.dropFirst()) : name == $0
    }
  }

  /// What exposes a series: its address, container and pod, as far as they are known. Two
  /// containers of one pod are two processes, scraped at their own times.
  private static func process(of labels: LabelSet) -> LabelSet {
    labels.filter {
      ["instance", "container"].contains($0) || ServiceDirectory.podLabels.contains($0)
    }
  }

  private static func firstSamples(of series: [RecordedSeries]) -> [LabelSet: Timestamp] {
    var births: [LabelSet: Timestamp] = [:]
    for recorded in series where recorded.series.count > 0 {
      let process = process(of: recorded.series.labels)
      let first = recorded.series.times[0]
      births[process] = min(births[process] ?? first, first)
    }
    return births
  }

  private static func isLater(_ series: Series, than birth: Timestamp?) -> Bool {
    guard let birth, series.count > 0 else { return false }
    return series.times[0] > birth
  }
}

extension ReplayScene {
  /// The service that a scraped series is about, with its namespace.
  func serviceEntity(of labels: LabelSet) -> Entity? {
    guard let service = services.service(of: labels) else { return nil }
    return Entity(kind: .service, namespace: services.namespace(of: labels), name: service)
  }

  /// All series of `metric` for the service of `labels`, such as
  /// `http_requests_total{service="api"}`.
  func selector(of metric: String, like labels: LabelSet) -> String {
    let names = policy.objectives.serviceLabels
    guard let name = names.first(where: { !(labels[$0] ?? "").isEmpty }) else { return metric }
    return LabelSet(
      labels.labels.filter { $0.name == name } + [Label(name: "__name__", value: metric)]
    )
    .selector
  }
}
