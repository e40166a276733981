import Canonical
import Policies
import Replay
import Telemetry

/// Flags connection pools that have no free connection left.
///
/// - Input: the pairs of metrics in `connection-pool.pairs`, used and maximal amounts with the same
///   labels.
/// - Claim: at least 95 % in use throughout `connection-pool.sustained`, and at least
///   `connection-pool.rise` less before.
/// - Strength: `connection-pool.ratio` over the lowest ratio of that time.
/// - Missing data: not judged without such a pair.
struct ConnectionPool: Detector {
  static let name = "connection-pool"
  static let component: String? = "resource"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    let pools = Self.pools(in: scene, settings.pairs(.connectionPoolPairs))
    for pool in pools {
      let strengths = pool.strengths(
        settings.scale(.connectionPoolRatio), rise: settings.number(.connectionPoolRise),
        sustained: scene.steps(minutes: settings.number(.connectionPoolSustained)))
      builder.add(
        entity: pool.entity, service: pool.service, strengths: strengths,
        joining: scene.steps(minutes: settings.number(.connectionPoolJoin))
      ) { _, peak in
        let ratio = pool.ratios[peak] ?? 0
        let limit = pool.limits[peak] ?? 0
        let text =
          "\(pool.subject): \(Canonical.text(ratio * limit, significant: 3)) of"
          + " \(Canonical.text(limit)) connections in use"
        return FindingDraft(
          kind: .saturation, entity: pool.entity, service: pool.service, start: nil, value: ratio,
          baseline: pool.lowest(before: peak), unit: "ratio of the pool", locator: pool.locator,
          text: text)
      }
    }
    return builder.result(
      hasData: !pools.isEmpty, read: "\(pools.count) connection pools",
      missing: "no pool's used and maximal connections are in the bundle")
  }

  /// The pools of the pairs, used and maximal amounts.
  static func pools(in scene: ReplayScene, _ pairs: [SettingPair]) -> [Saturation] {
    var taken: Set<String> = []
    return pairs.flatMap { pair -> [Saturation] in
      scene.metrics.names(matching: pair.first).flatMap { name -> [Saturation] in
        guard taken.insert(name).inserted else { return [] }
        let limit = counterpart(of: name, in: pair)
        return Saturation.pairs(
          used: scene.metrics.series(of: name), limits: scene.metrics.series(of: limit), in: scene,
          identity: { $0.filter { $0 != "__name__" && $0 != "state" } }
        ) { labels, _ in subject(of: labels, scene) }
      }
    }
  }

  private static func counterpart(of name: String, in pair: SettingPair) -> String {
    guard pair.first.hasPrefix("*"), pair.second.hasPrefix("*") else { return pair.second }
    return String(name.dropLast(pair.first.count - 1)) + pair.second.dropFirst()
  }

  private static func subject(
    of labels: LabelSet, _ scene: ReplayScene
  )
    -> (entity: Entity, service: String?, subject: String)
  {
    let owner = scene.owner(of: labels)
    let pool = labels["pool"].map { " pool \($0)" } ?? " pool"
    return (owner.entity, owner.service, owner.entity.name + pool)
  }
}
