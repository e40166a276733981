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
/// - Missing data: not judged without a limit, nor with less than half a window of values.
/// - Source: Prometheus `predict_linear`; the spread is two standard errors of the slope.
struct SaturationForecast: Detector {
  static let name = "saturation-forecast"
  static let component: String? = "resource"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    var builder = ResultBuilder(Self.self, scene.clock)
    let filling = Self.filling(in: scene)
    for saturation in filling {
      let forecasts = Self.forecasts(of: saturation.ratios, scene)
      let strengths = zip(saturation.ratios, forecasts).map { ratio, forecast in
        ratio.map { _ in forecast.map(\.strength) ?? 0 }
      }
      builder.add(
        entity: saturation.entity, service: saturation.service, strengths: strengths,
        joining: scene.steps(minutes: scene.policy.detectors.number(.forecastJoin))
      ) { run, peak in
        guard let exhaustion = forecasts[peak]?.exhaustion else {
          preconditionFailure("BUG: a forecast finding without a forecast")
        }
        return FindingDraft(
          kind: .saturation, entity: saturation.entity, service: saturation.service, start: nil,
          value: exhaustion.ratio, baseline: saturation.lowest(before: run.lowerBound),
          unit: "ratio of the limit", locator: saturation.locator,
          text: "\(saturation.subject): \(exhaustion.text), as seen at"
            + " \(Canonical.timeOfDay(scene.clock[peak]))")
      }
    }
    return builder.result(
      hasData: !filling.isEmpty, read: "\(filling.count) amounts with a limit",
      missing: "no amount with its limit is in the bundle")
  }

  private typealias Forecast = (strength: Double, exhaustion: Exhaustion)

  private static func forecasts(of ratios: [Double?], _ scene: ReplayScene) -> [Forecast?] {
    let settings = scene.policy.detectors
    let window = scene.steps(minutes: settings.number(.forecastWindow))
    let horizon = settings.number(.forecastHorizon) * 60
    let trend = LinearTrend(ratios)
    return ratios.indices.map { step in
      guard let ratio = ratios[step], ratio < 1, ratio >= settings.number(.forecastFrom),
        let line = trend.line(over: window, upTo: step), line.fit >= settings.number(.forecastFit),
        line.slope * Double(window) >= settings.number(.forecastRise), line.latest < 1,
        (ratio - line.latest).magnitude <= settings.number(.forecastRise),
        let exhaustion = Exhaustion(line, at: scene.clock[step], step: scene.clock.step)
      else { return nil }
      let left = (exhaustion.fullAt - scene.clock[step]).seconds
      guard left <= horizon else { return nil }
      let strength = settings.scale(.forecastNearness).strength(of: 1 - left / horizon)
      return strength > 0 ? (strength, exhaustion) : nil
    }
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
