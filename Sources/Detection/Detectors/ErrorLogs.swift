import Canonical
import Policies
import Replay
import Telemetry

/// Flags services that log many more errors than they used to.
///
/// - Input: log lines of level error and fatal, counted per service and step.
/// - Claim: lines a minute over `error-logs.window` are `deviations` spreads above the median of
///   their own past, three times of it, and at least `error-logs.floor`.
/// - Strength: `error-logs.growth` over lines a minute divided by the median, taken as at least 1.
/// - Missing data: not judged without logs, or with less than `error-logs.history` of normal past.
struct ErrorLogs: Detector {
  static let name = "error-logs"
  static let component: String? = "logs"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    var isEvaluable = Array(repeating: false, count: scene.clock.count)
    let services = ServiceErrors.all(in: scene)
    let window = scene.steps(minutes: settings.number(.errorLogsWindow))
    let floor = settings.number(.errorLogsFloor)
    for errors in services {
      let rates = errors.rates(over: window, clock: scene.clock)
      let deviation = Deviation(
        of: rates,
        baseline: CausalBaseline(
          capacity: scene.steps(minutes: settings.number(.errorLogsBaseline)),
          minimum: scene.steps(minutes: settings.number(.errorLogsHistory)), floor: 0.1),
        deviations: settings.number(.errorLogsDeviations)
      ) { rate, median in
        rate >= floor ? settings.scale(.errorLogsGrowth).strength(of: rate / max(median, 1)) : 0
      }
      for step in 0..<scene.clock.count where deviation.strengths[step] != nil {
        isEvaluable[step] = true
      }
      builder.add(
        entity: errors.entity, service: errors.entity.name, strengths: deviation.strengths,
        joining: window
      ) { run, peak in
        draft(
          errors, rate: rates[peak] ?? 0, median: deviation.medians[run.lowerBound] ?? 0,
          begin: errors.onset(before: run.lowerBound, over: window, scene.clock),
          last: scene.clock[run.upperBound - 1], clock: scene.clock)
      }
    }
    return builder.result(
      isEvaluable: isEvaluable, read: "log lines of \(services.count) services",
      missing: services.isEmpty
        ? scene.observations.logs == nil
          ? "no log lines are in the bundle"
          : "the labels of the log lines in the bundle name no service"
        : "less than \(Canonical.text(settings.number(.errorLogsHistory))) minutes of history")
  }

  private func draft(
    _ errors: ServiceErrors, rate: Double, median: Double, begin: Int, last: Timestamp,
    clock: ReplayClock
  ) -> FindingDraft {
    let start = clock[max(0, begin - 1)]
    let example = errors.example(after: start, upTo: last)
    var text = "\(errors.entity.name): \(Canonical.text(rate, significant: 3)) error lines a minute"
    text += " at the worst, usually \(Canonical.text(median, significant: 2))"
    if let example { text += "; such as: \(example.text.prefix(200))" }
    return FindingDraft(
      kind: .error, entity: errors.entity, service: errors.entity.name, start: start, value: rate,
      baseline: median, unit: "lines/min",
      locator: Locator(
        path: example?.path ?? "logs/streams.json",
        detail: example.map { "line \($0.lineNumber)" } ?? "service \(errors.entity.name)"),
      text: text)
  }
}

/// Error lines of one service.
private struct ServiceErrors {
  let entity: Entity
  /// Lines of level error or fatal per step.
  var counts: [Double]
  /// Examples in order of time.
  var examples: [LogExample]
  /// The first step that saw a line of any level.
  var firstStep: Int

  static func all(in scene: ReplayScene) -> [ServiceErrors] {
    var services: [Entity: ServiceErrors] = [:]
    for activity in scene.observations.logs?.streams ?? [] {
      let labels = activity.stream.labels
      guard let service = scene.services.service(ofStream: labels) else { continue }
      let entity = Entity(
        kind: .service, namespace: scene.services.namespace(of: labels), name: service)
      var errors =
        services[entity]
        ?? ServiceErrors(
          entity: entity, counts: Array(repeating: 0, count: scene.clock.count), examples: [],
          firstStep: scene.clock.count)
      for level in LogLevel.allCases {
        let row = activity.counts[Int(level.rawValue)]
        for step in row.indices where row[step] > 0 && step < scene.clock.count {
          errors.firstStep = min(errors.firstStep, step)
          if level.isError { errors.counts[step] += Double(row[step]) }
        }
      }
      errors.examples += activity.errorExamples
      services[entity] = errors
    }
    return services.values.sorted { $0.entity < $1.entity }.map { errors in
      var errors = errors
      errors.examples.sort { left, right in
        if left.time != right.time { return left.time < right.time }
        if left.path != right.path { return left.path.precedesInBytes(right.path) }
        return left.lineNumber < right.lineNumber
      }
      return errors
    }
  }

  /// Lines a minute over the last `steps` steps; nil before the service's first line.
  func rates(over steps: Int, clock: ReplayClock) -> [Double?] {
    let minutes = Double(steps) * clock.step.seconds / 60
    return (0..<clock.count).map { step in
      guard step >= firstStep else { return nil }
      return counts[max(0, step - steps + 1)...step].reduce(0, +) / minutes
    }
  }

  /// A line of that time, if possible of a wording that was not seen before.
  func example(after start: Timestamp, upTo last: Timestamp) -> LogExample? {
    let usual = Set(examples.filter { $0.time <= start }.map { LogWording.digest(of: $0.text) })
    let during = examples.filter { $0.time > start && $0.time <= last }
    return during.first { !usual.contains(LogWording.digest(of: $0.text)) } ?? during.first
  }

  /// The first of the window's steps from which on lines came faster than half the window's mean.
  func onset(before step: Int, over steps: Int, _ clock: ReplayClock) -> Int {
    let recent = max(0, step - steps + 1)...step
    let level = counts[recent].reduce(0, +) / Double(recent.count) / 2
    var begin = step
    while begin > recent.lowerBound, counts[begin - 1] >= level { begin -= 1 }
    return begin
  }
}
