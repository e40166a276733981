import Canonical
import Policies
import Replay
import Telemetry

/// Flags what will be full soon if it goes on as it did.
///
/// - Input: memory with a limit, connection pools, `saturation-forecast.used` (used and maximal
///   amounts) and `saturation-forecast.free` (free and whole amounts): disks, volumes, inodes, file
///   descriptors.
/// - Claim: the least-squares line over `saturation-forecast.window` explains at least
///   `saturation-forecast.fit` of the variance, rose by `saturation-forecast.rise` or more, stands
///   at `saturation-forecast.from` or more, and reaches the limit within
///   `saturation-forecast.horizon`.
///   The value itself is near the line: what jumps is no trend.
/// - Strength: `saturation-forecast.nearness` over the share of the horizon that is already gone.
/// - Missing data: not judged without a limit, nor before a whole window has passed, nor with
///   values for less than half of it.
/// - Source: Prometheus `predict_linear`; the spread is two standard errors of the slope.
struct SaturationForecast: Detector {
  static let name = "saturation-forecast"
  static let component: String? = "resource"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    var isEvaluable = Array(repeating: false, count: scene.clock.count)
    let window = scene.steps(minutes: settings.number(.forecastWindow))
    let filling = Self.filling(in: scene)
    for saturation in filling {
      let trend = LinearTrend(saturation.ratios)
      let lines = (0..<scene.clock.count).map { trend.line(over: window, upTo: $0) }
      let forecasts = zip(saturation.ratios, lines).enumerated().map { step, reading in
        Self.forecast(of: reading.0, along: reading.1, at: step, over: window, scene)
      }
      for step in lines.indices where lines[step] != nil { isEvaluable[step] = true }
      builder.add(
        entity: saturation.entity, service: saturation.service,
        strengths: zip(lines, forecasts).map { line, forecast in
          line.map { _ in forecast?.strength ?? 0 }
        }, joining: scene.steps(minutes: settings.number(.forecastJoin))
      ) { run, peak in
        guard let exhaustion = forecasts[peak]?.exhaustion else {
          preconditionFailure("BUG: a forecast finding without a forecast")
        }
        return draft(saturation, exhaustion, run: run, seenAt: scene.clock[peak])
      }
    }
    return builder.result(
      isEvaluable: isEvaluable, read: "\(filling.count) amounts with a limit",
      missing: filling.isEmpty
        ? "no amount with its limit is in the bundle"
        : "no amount with a limit has \(Canonical.text(settings.number(.forecastWindow))) minutes of"
          + " history")
  }

  private func draft(
    _ saturation: Saturation, _ exhaustion: Exhaustion, run: Range<Int>, seenAt: Timestamp
  ) -> FindingDraft {
    FindingDraft(
      kind: .saturation, entity: saturation.entity, service: saturation.service, start: nil,
      value: exhaustion.ratio, baseline: saturation.lowest(before: run.lowerBound),
      unit: "ratio of the limit", locator: saturation.locator,
      text: "\(saturation.subject): \(exhaustion.text), as seen at \(Canonical.timeOfDay(seenAt))")
  }

  private typealias Forecast = (strength: Double, exhaustion: Exhaustion)

  private static func forecast(
    of ratio: Double?, along line: LinearTrend.Line?, at step: Int, over window: Int,
    _ scene: ReplayScene
  ) -> Forecast? {
    let settings = scene.policy.detectors
    guard let ratio, let line, ratio < 1, ratio >= settings.number(.forecastFrom),
      line.latest < 1, line.fit >= settings.number(.forecastFit),
      line.slope * Double(window) >= settings.number(.forecastRise),
      (ratio - line.latest).magnitude <= settings.number(.forecastRise),
      let exhaustion = Exhaustion(line, at: scene.clock[step], step: scene.clock.step)
    else { return nil }
    let horizon = settings.number(.forecastHorizon) * 60
    let left = (exhaustion.fullAt - scene.clock[step]).seconds
    guard left <= horizon else { return nil }
    let strength = settings.scale(.forecastNearness).strength(of: 1 - left / horizon)
    return strength > 0 ? (strength, exhaustion) : nil
  }

  private static func filling(in scene: ReplayScene) -> [Saturation] {
    let settings = scene.policy.detectors
    return MemoryLimit.containers(in: scene)
      + ConnectionPool.pools(in: scene, settings.pairs(.connectionPoolPairs))
      + settings.pairs(.forecastUsed).flatMap { amounts(of: $0, in: scene, isFree: false) }
      + settings.pairs(.forecastFree).flatMap { amounts(of: $0, in: scene, isFree: true) }
  }

  private static func amounts(
    of pair: SettingPair, in scene: ReplayScene, isFree: Bool
  ) -> [Saturation] {
    Saturation.pairs(
      used: scene.metrics.series(of: pair.first), limits: scene.metrics.series(of: pair.second),
      in: scene, identity: { $0.filter { $0 != "__name__" } }
    ) { labels, recorded in
      let owner = scene.owner(of: labels)
      let place =
        labels.firstValue(of: ["mountpoint", "persistentvolumeclaim", "device"])
        .map { " \($0)" } ?? ""
      return (owner.entity, owner.service, "\(owner.entity.name)\(place): \(pair.first)")
    }.map { isFree ? $0.inverted : $0 }
  }
}

extension Saturation {
  /// The same for a free amount: 1 less the ratio.
  fileprivate var inverted: Saturation {
    Saturation(
      entity: entity, service: service, subject: subject,
      ratios: ratios.map { $0.map { 1 - $0 } }, limits: limits, locator: locator)
  }
}
