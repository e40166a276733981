import Policies
import Replay
import Telemetry

@testable import Detection

/// Builds observations from literals: a window that begins at `Scenery.start`, with one sample
/// every 15 seconds and one step a minute.
struct Scenery {
  static let start = Timestamp(seconds: 1_800_000_000)

  var minutes: Int
  var series: [RecordedSeries] = []
  var streams: [LogStreamActivity] = []
  var objects: [RecordedObject] = []
  var events: [RecordedEvent] = []

  init(minutes: Int) {
    self.minutes = minutes
  }

  static func time(_ minute: Double) -> Timestamp {
    start + TimeSpan(nanoseconds: Int64(minute * 60e9))
  }

  /// A gauge whose value at each minute is given; nil for no sample.
  mutating func gauge(_ labels: KeyValuePairs<String, String>, _ value: (Double) -> Double?) {
    var times: [Int64] = []
    var values: [Double] = []
    for sample in 0...(minutes * 4) {
      guard let value = value(Double(sample) / 4) else { continue }
      times.append((Self.start + .seconds(Int64(sample) * 15)).nanoseconds)
      values.append(value)
    }
    guard !times.isEmpty else { return }
    let steps = times.map { Int32(($0 - times[0]) / 15_000_000_000) }
    series.append(
      RecordedSeries(
        series: Series(
          labels: LabelSet(labels),
          times: .sparse(
            start: Timestamp(nanoseconds: times[0]), step: .seconds(15), slots: steps),
          values: values), path: "metrics/\(LabelSet(labels).metricName ?? "").json"))
  }

  /// A counter that grows by `rate` a minute, with a value of `base` at the window's start.
  mutating func counter(
    _ labels: KeyValuePairs<String, String>, base: Double = 1000, rate: (Double) -> Double
  ) {
    var total = base
    gauge(labels) { minute in
      if minute > 0 { total += rate(minute) / 4 }
      return total
    }
  }

  /// Log lines of one level, per step.
  mutating func logs(service: String, level: LogLevel, _ count: (Int) -> Int32, example: String) {
    var counts = LogLevel.allCases.map { _ in [Int32](repeating: 0, count: minutes + 1) }
    for step in 0...minutes { counts[Int(level.rawValue)][step] = count(step) }
    let first = (0...minutes).first { count($0) > 0 } ?? 0
    streams.append(
      LogStreamActivity(
        stream: LogStream(labels: LabelSet(["app": service, "namespace": "shop"])), counts: counts,
        errorExamples: [
          LogExample(
            time: Self.time(Double(first)), path: "logs/part-000000.jsonl", lineNumber: 7,
            text: example)
        ]))
  }

  /// A warning about a pod.
  mutating func warning(
    pod: String, reason: String, from first: Double, to last: Double, count: Int64
  ) {
    let name = "\(pod).\(events.count)"
    events.append(
      RecordedEvent(
        event: KubeEvent(
          uid: "uid-\(events.count)", namespace: "shop", name: name,
          regarding: ObjectRef(kind: "Pod", namespace: "shop", name: pod), reason: reason,
          note: "\(reason) of \(pod)", isWarning: true, reporter: "kubelet",
          firstSeen: Self.time(first), lastSeen: Self.time(last), count: count),
        path: "kubernetes/events.json"))
  }

  /// A Kubernetes object.
  mutating func object(
    _ kind: String, _ name: String, createdAt minute: Double, _ document: JSONValue
  ) {
    objects.append(
      RecordedObject(
        object: KubeObject(
          ref: ObjectRef(kind: kind, namespace: kind == "Node" ? "" : "shop", name: name),
          apiVersion: "v1", uid: name, resourceVersion: "1", createdAt: Self.time(minute),
          document: document), path: "kubernetes/\(kind.lowercased())s.json"))
  }

  var observations: Observations {
    Observations(
      window: TimeRange(start: Self.start, end: Self.time(Double(minutes))),
      end: Self.time(Double(minutes)), step: .minutes(1), series: series,
      logs: streams.isEmpty ? nil : LogActivity(streams: streams), objects: objects,
      events: events, sources: [])
  }

  var scene: ReplayScene { ReplayScene(observations: observations, policy: .builtIn()) }

  func result(of detector: any Detector.Type) -> DetectorResult { detector.init().examine(scene) }
}

extension Observations {
  /// What was known at `end`: no sample, line, object or event is later.
  func cut(at end: Timestamp) -> Observations {
    let clock = ReplayClock(start: window.start, end: end, step: step)
    let series = series.compactMap { recorded -> RecordedSeries? in
      let column = recorded.series
      let kept = (0..<column.count).filter { column.times[$0] <= end }
      guard let first = kept.first else { return nil }
      let start = column.times[first]
      return RecordedSeries(
        series: Series(
          labels: column.labels,
          times: .sparse(
            start: start, step: .seconds(15),
            slots: kept.map { Int32((column.times[$0] - start).nanoseconds / 15_000_000_000) }),
          values: kept.map { column.values[$0] }), path: recorded.path)
    }
    let streams = (logs?.streams ?? []).map { activity in
      LogStreamActivity(
        stream: activity.stream, counts: activity.counts.map { Array($0.prefix(clock.count)) },
        errorExamples: activity.errorExamples.filter { $0.time <= end })
    }
    return Observations(
      window: window, end: end, step: step, series: series,
      logs: logs.map { _ in LogActivity(streams: streams) },
      objects: objects.filter { ($0.object.createdAt ?? window.start) <= end },
      events: events.filter { ($0.event.firstSeen ?? window.start) <= end }, sources: sources)
  }

  /// The same observations in another order.
  var shuffled: Observations {
    func mixed<Element>(_ list: [Element]) -> [Element] {
      // Multiplying by a unit of the ring of indices visits each index once.
      let count = list.count
      guard let factor = [7, 11, 13, 17].first(where: { count % $0 != 0 }) else {
        return list.reversed()
      }
      return (0..<count).map { list[($0 * factor + 3) % count] }
    }
    return Observations(
      window: window, end: end, step: step, series: mixed(series),
      logs: logs.map { LogActivity(streams: mixed($0.streams)) }, objects: mixed(objects),
      events: mixed(events), sources: sources)
  }
}
