import Canonical
import Policies
import Replay
import Telemetry

/// Flags services that suddenly get many more or many fewer requests than they used to.
///
/// - Input: the request counters that `slo-burn` reads.
/// - Claim: the request rate over the window is `deviations` spreads from the median of its own
///   past, and at least twice or at most half of it; the value is signed by its baseline.
/// - Strength: `traffic.surge` over rate divided by median, `traffic.drop` over its inverse.
/// - Start: the first step of the window from which on every step was half as far off.
/// - Missing data: not judged with less than `traffic.history` of normal past; an increase over a
///   gap in the samples is left out, since it would look like a surge.
/// - Source: median and MAD, Leys et al. 2013, doi:10.1016/j.jesp.2013.03.013.
struct Traffic: Detector {
  static let name = "traffic"
  static let component: String? = "resource"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    var isEvaluable = Array(repeating: false, count: scene.clock.count)
    let services = ServiceRequests.all(in: scene, skipsGaps: true)
    let window = scene.steps(minutes: settings.number(.trafficWindow))
    for requests in services {
      let rates = rates(of: requests, over: window, scene.clock)
      let deviation = Deviation(
        of: rates,
        baseline: CausalBaseline(
          capacity: scene.steps(minutes: settings.number(.trafficBaseline)),
          minimum: scene.steps(minutes: settings.number(.trafficHistory)),
          floor: settings.number(.trafficFloor)),
        deviations: settings.number(.trafficDeviations)
      ) { rate, median in
        rate >= median
          ? settings.scale(.trafficSurge).strength(of: rate / max(median, 1e-9))
          : settings.scale(.trafficDrop).strength(of: median / max(rate, 1e-9))
      }
      for step in 0..<scene.clock.count where deviation.strengths[step] != nil {
        isEvaluable[step] = true
      }
      builder.add(
        entity: requests.entity, service: requests.entity.name,
        strengths: deviation.strengths, joining: window
      ) { run, peak in
        let median = deviation.medians[run.lowerBound] ?? 0
        let isSurge = (rates[run.lowerBound] ?? 0) >= median
        let usual = median * scene.clock.step.seconds
        let start = requests.total.onset(before: run.lowerBound, over: window) {
          isSurge ? $0 >= 1.5 * usual : $0 <= usual / 1.5
        }
        return draft(
          requests, rate: rates[peak] ?? 0, median: median, start: scene.clock[max(0, start - 1)])
      }
    }
    return builder.result(
      isEvaluable: isEvaluable, read: "request rates of \(services.count) services",
      missing: services.isEmpty
        ? "no request counter with a status label is in the bundle"
        : "less than \(Canonical.text(settings.number(.trafficHistory))) minutes of history")
  }

  /// Requests a second over the last `steps` steps; nil when a step of them had no data.
  private func rates(
    of requests: ServiceRequests, over steps: Int, _ clock: ReplayClock
  )
    -> [Double?]
  {
    let seconds = clock.step.seconds * Double(steps)
    let total = WindowSums(requests.total)
    return (0..<clock.count).map { step in
      guard step >= steps, total.covered(last: steps, upTo: step) == steps else {
        return nil
      }
      return total.sum(last: steps, upTo: step) / seconds
    }
  }

  private func draft(
    _ requests: ServiceRequests, rate: Double, median: Double, start: Timestamp
  )
    -> FindingDraft
  {
    let now = Canonical.text(rate, significant: 3)
    let usual = Canonical.text(median, significant: 3)
    let text =
      rate >= median
      ? "\(requests.entity.name): traffic rose to \(now) requests/s,"
        + " \(Canonical.text(rate / max(median, 1e-9), significant: 2)) times the usual \(usual)"
      : "\(requests.entity.name): traffic fell to \(now) requests/s from the usual \(usual)"
    return FindingDraft(
      kind: .anomaly, entity: requests.entity, service: requests.entity.name, start: start,
      value: rate, baseline: median, unit: "requests/s", locator: requests.locator, text: text)
  }
}
