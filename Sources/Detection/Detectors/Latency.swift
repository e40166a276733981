import Canonical
import Policies
import Replay
import Telemetry

/// Flags services whose requests take much longer than they used to.
///
/// - Input: `…_sum` and `…_count` of the metrics in `slo.json`, summed per service.
/// - Claim: the mean duration over the window is `deviations` spreads and 1.5 times above the
///   median of its own past; only upward, since failing fast is no improvement.
/// - Strength: `latency.ratio`, over the mean divided by the past's median.
/// - Start: the first step of the window from which on every step was slow.
/// - Missing data: not judged with less than `latency.history` of normal past, or with fewer
///   requests in the window than `latency.requests`.
/// - Source: median and MAD, Leys et al. 2013, doi:10.1016/j.jesp.2013.03.013.
struct Latency: Detector {
  static let name = "latency"
  static let component: String? = "latency"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    var isEvaluable = Array(repeating: false, count: scene.clock.count)
    let services = ServiceDurations.all(in: scene)
    let window = scene.steps(minutes: settings.number(.latencyWindow))
    let floor = settings.scale(.latencyRatio).anchors[0].value
    for durations in services {
      let means = durations.means(
        over: window, fewest: settings.number(.latencyRequests), clock: scene.clock)
      let deviation = Deviation(
        of: means,
        baseline: CausalBaseline(
          capacity: scene.steps(minutes: settings.number(.latencyBaseline)),
          minimum: scene.steps(minutes: settings.number(.latencyHistory)),
          floor: settings.number(.latencyFloor)),
        deviations: settings.number(.latencyDeviations)
      ) { settings.scale(.latencyRatio).strength(of: $0 / max($1, 1e-9)) }
      for step in 0..<scene.clock.count where deviation.strengths[step] != nil {
        isEvaluable[step] = true
      }
      builder.add(
        entity: durations.entity, service: durations.entity.name,
        strengths: deviation.strengths, joining: window
      ) { run, peak in
        let median = deviation.medians[run.lowerBound] ?? 0
        let start = durations.onset(before: run.lowerBound, over: window, above: floor * median)
        return draft(
          durations, mean: means[peak] ?? 0, median: median,
          start: scene.clock[max(0, start - 1)], over: settings.number(.latencyWindow))
      }
    }
    return builder.result(
      isEvaluable: isEvaluable, read: "request durations of \(services.count) services",
      missing: services.isEmpty
        ? "no request durations (…_sum and …_count) are in the bundle"
        : "less than \(Canonical.text(settings.number(.latencyHistory))) minutes of history")
  }

  private func draft(
    _ durations: ServiceDurations, mean: Double, median: Double, start: Timestamp, over: Double
  ) -> FindingDraft {
    let times = Canonical.text(mean / max(median, 1e-9), significant: 2)
    let text =
      "\(durations.entity.name): requests took \(Self.duration(mean)) on average over"
      + " \(Canonical.text(over))m at the worst, \(times) times the usual \(Self.duration(median))"
    return FindingDraft(
      kind: .anomaly, entity: durations.entity, service: durations.entity.name, start: start,
      value: mean, baseline: median, unit: "seconds", locator: durations.locator, text: text)
  }

  private static func duration(_ seconds: Double) -> String {
    seconds < 1
      ? "\(Canonical.text(seconds * 1000, significant: 3)) ms"
      : "\(Canonical.text(seconds, significant: 3)) s"
  }
}
