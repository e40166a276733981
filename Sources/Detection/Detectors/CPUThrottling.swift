import Canonical
import Policies
import Replay
import Telemetry

/// Flags containers that the kernel keeps from running because their CPU limit is used up.
///
/// - Input: `container_cpu_cfs_throttled_periods_total` and `container_cpu_cfs_periods_total`.
/// - Claim: throttled in at least a quarter of the periods of `cpu-throttling.window`.
/// - Strength: `cpu-throttling.ratio` over that share.
/// - Start: the first step of the window from which on every step was throttled as much.
/// - Missing data: without the second counter the share is bounded from below by
///   `cpu-throttling.periods`, of which there cannot be more; the text says so.
/// - Source: the Kubernetes mixin's CPUThrottlingHigh, 25 %.
struct CPUThrottling: Detector {
  static let name = "cpu-throttling"
  static let component: String? = "resource"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    let throttled = Self.readings(of: "container_cpu_cfs_throttled_periods_total", in: scene)
    let periods = Self.readings(of: "container_cpu_cfs_periods_total", in: scene)
    let window = scene.steps(minutes: settings.number(.cpuThrottlingWindow))
    for (container, reading) in throttled {
      let all = (periods.first { $0.container == container }?.reading.counter).map(WindowSums.init)
      let sums = WindowSums(reading.counter)
      let most = settings.number(.cpuThrottlingPeriods) * Double(window) * scene.clock.step.seconds
      let ratios = (0..<scene.clock.count).map { step -> Double? in
        guard step >= window,
          sums.covered(last: window, upTo: step) * 2 >= window
        else { return nil }
        let total = all?.sum(last: window, upTo: step) ?? most
        guard total > 0 else { return 0 }
        return min(1, sums.sum(last: window, upTo: step) / total)
      }
      let service = scene.services.service(
        ofPod: container.pod, namespace: container.namespace)
      let strengths = ratios.map { $0.map(settings.scale(.cpuThrottlingRatio).strength) }
      builder.add(
        entity: container.entity, service: service, strengths: strengths, joining: window
      ) { run, peak in
        let level = settings.scale(.cpuThrottlingRatio).anchors[0].value
        let usual = most / Double(window)
        let begin = reading.counter.onset(before: run.lowerBound, over: window) {
          $0 >= level * usual
        }
        let percent = Canonical.text((ratios[peak] ?? 0) * 100, significant: 2)
        let bound = all == nil ? "at least " : ""
        return FindingDraft(
          kind: .saturation, entity: container.entity, service: service,
          start: scene.clock[max(0, begin - 1)], value: ratios[peak] ?? 0, baseline: nil,
          unit: "ratio of CFS periods",
          locator: reading.locator,
          text: "\(container.pod): container \(container.container) throttled in \(bound)\(percent)"
            + " % of CPU periods at the worst")
      }
    }
    return builder.result(
      hasData: !throttled.isEmpty, read: "CPU throttling of \(throttled.count) containers",
      missing: "no container's throttled periods are in the bundle")
  }

  private static func readings(
    of metric: String, in scene: ReplayScene
  )
    -> [(container: ContainerKey, reading: (counter: CounterReading, locator: Locator))]
  {
    var readings: [ContainerKey: (counter: CounterReading, locator: Locator)] = [:]
    for recorded in scene.metrics.series(of: metric) {
      guard let container = ContainerKey(recorded.series.labels, scene.services) else { continue }
      let locator = Locator(path: recorded.path, detail: recorded.series.labels.selector)
      var entry = readings[container] ?? (CounterReading(clock: scene.clock), locator)
      entry.counter.add(recorded.series, startsAtZero: false)
      readings[container] = entry
    }
    return readings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
