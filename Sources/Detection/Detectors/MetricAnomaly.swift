import Canonical
import Policies
import Replay
import Telemetry

/// Flags counts of errors and lengths of queues that are far above what they used to be.
///
/// - Input: the counters of `metric-anomaly.counters`, those with a label of
///   `metric-anomaly.coded`, and the gauges of `metric-anomaly.gauges`; summed per metric and
///   entity.
/// - Claim: the rate, or the level, over `metric-anomaly.window` is `metric-anomaly.deviations`
///   spreads above the median of its own past; a counter that was 0 counts from its first
///   increase on.
/// - Strength: `metric-anomaly.growth` over the value divided by the median, taken as at least
///   `metric-anomaly.rate-floor` or `metric-anomaly.level-floor`.
/// - Missing data: not judged with less than `metric-anomaly.history` of normal past.
/// - Source: median and MAD, Leys et al. 2013, doi:10.1016/j.jesp.2013.03.013; floors by unit after
///   `facts/reasoning.md` c.5.
struct MetricAnomaly: Detector {
  static let name = "metric-anomaly"
  static let component: String? = "resource"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    var isEvaluable = Array(repeating: false, count: scene.clock.count)
    let measures = AnomalyMeasure.all(in: scene)
    let window = scene.steps(minutes: settings.number(.anomalyWindow))
    for measure in measures {
      let floor = settings.number(measure.isRate ? .anomalyRateFloor : .anomalyLevelFloor)
      let deviation = Deviation(
        of: measure.values,
        baseline: CausalBaseline(
          capacity: scene.steps(minutes: settings.number(.anomalyBaseline)),
          minimum: scene.steps(minutes: settings.number(.anomalyHistory)), floor: floor),
        deviations: settings.number(.anomalyDeviations)
      ) { settings.scale(.anomalyGrowth).strength(of: $0 / max($1, floor)) }
      for step in 0..<scene.clock.count where deviation.strengths[step] != nil {
        isEvaluable[step] = true
      }
      builder.add(
        entity: measure.entity, service: measure.service, strengths: deviation.strengths,
        joining: window
      ) { run, peak in
        draft(
          measure, value: measure.values[peak] ?? 0,
          median: deviation.medians[run.lowerBound] ?? 0)
      }
    }
    return builder.result(
      isEvaluable: isEvaluable, read: "\(measures.count) error counters and queues",
      missing: measures.isEmpty
        ? "no counter of errors and no queue is in the bundle"
        : "less than \(Canonical.text(settings.number(.anomalyHistory))) minutes of history")
  }

  private func draft(_ measure: AnomalyMeasure, value: Double, median: Double) -> FindingDraft {
    let unit = measure.isRate ? "/s" : ""
    let text =
      "\(measure.entity.name): \(measure.name) at \(Canonical.text(value, significant: 3))\(unit)"
      + " at the worst, usually \(Canonical.text(median, significant: 2))\(unit)"
    return FindingDraft(
      kind: .anomaly, entity: measure.entity, service: measure.service, value: value,
      baseline: median, unit: measure.isRate ? "1/s" : "items", locator: measure.locator,
      text: text)
  }
}
