import Canonical
import Policies
import Replay
import Telemetry

/// What the pairs of burn-rate windows say of one service over a run of steps.
enum BurnRules {
  /// Which rules fire and when, which do not, and which cannot tell, such as `rules that fire:
  /// 1h/5m at 21:30:45; too little data for 1d/2h, 3d/6h`.
  ///
  /// A pair whose long window the data does not fill fires only when the part that was seen alone
  /// is enough; one that was seen for less than the policy's share is not judged.
  static func text(for windows: BurnWindows, in run: Range<Int>, clock: ReplayClock) -> String {
    var fires: [String] = []
    var silent: [String] = []
    var blind: [String] = []
    for (pair, rates) in windows.pairs where pair.threshold <= windows.highestBurn {
      let name = "\(Canonical.text(pair.long))/\(Canonical.text(pair.short))"
      if let step = run.first(where: { (rates.both(at: $0) ?? 0) >= pair.threshold }) {
        fires.append("\(name) at \(Canonical.timeOfDay(clock[step]))")
      } else if run.contains(where: { rates.isLongSeen[$0] && rates.short[$0] != nil }) {
        silent.append(name)
      } else {
        blind.append(name)
      }
    }
    let parts = [
      ("rules that fire: ", fires), ("silent: ", silent), ("too little data for ", blind),
    ]
    return parts.filter { !$0.1.isEmpty }.map { $0.0 + $0.1.joined(separator: ", ") }
      .joined(separator: "; ")
  }
}

/// The burn of one service over every pair of windows.
struct BurnWindows {
  /// The pairs of the policy with their burn rates, the score's own first.
  let pairs: [(pair: BurnPair, rates: BurnRates)]
  /// The burn of a total failure, `1/(1 - objective)`.
  let highestBurn: Double

  init(of requests: ServiceRequests, policy: ObjectivePolicy, clock: ReplayClock) {
    let total = WindowSums(requests.total)
    let failed = WindowSums(requests.failed)
    let budget = 1 - policy.availability(of: requests.entity.name)
    pairs = policy.burnPairs.map { pair in
      (
        pair,
        BurnRates(
          failed: failed, total: total, budget: budget, pair: pair,
          minimumCoverage: policy.minimumCoverage, clock: clock)
      )
    }
    highestBurn = 1 / budget
  }
}
