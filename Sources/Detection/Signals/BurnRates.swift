import Policies
import Replay
import Telemetry

/// How fast one service spends its error budget over one pair of windows, at every step.
///
/// `burn = (failed / total) / (1 - objective)`. A long window that begins before the data does is
/// bounded: with the share c of it seen, at least `c · seen burn`, when nothing failed in the rest,
/// and at most what a total failure of the rest would give.
///
/// - Source: SRE Workbook ch. 5; the bounds are `facts/reasoning.md` c.1.
struct BurnRates {
  /// Over the short window; nil when less than the required share of it has data, or so few
  /// requests that one failure alone would pass the threshold.
  let short: [Double?]
  /// Over the long window, the lower bound; nil as for `short`.
  let long: [Double?]
  /// Over what was seen of the long window, however little; nil as for `short`.
  let seen: [Double?]
  /// Whether the long window was seen in full, within a step.
  let isLongComplete: [Bool]

  /// Whether the policy's share of the long window was seen.
  let isLongSeen: [Bool]

  init(
    failed: WindowSums, total: WindowSums, budget: Double, pair: BurnPair, minimumCoverage: Double,
    clock: ReplayClock
  ) {
    let fewest = (1 / (pair.threshold * budget)).rounded(.up)
    var short: [Double?] = []
    var long: [Double?] = []
    var seen: [Double?] = []
    var complete: [Bool] = []
    var longSeen: [Bool] = []
    for step in 0..<clock.count {
      func burn(_ window: TimeSpan) -> (rate: Double, coverage: Double)? {
        let steps = clock.steps(in: window)
        let count = total.sum(last: steps, upTo: step)
        guard count >= fewest, count > 0 else { return nil }
        let coverage = Double(total.covered(last: steps, upTo: step)) / Double(steps)
        return (failed.sum(last: steps, upTo: step) / count / budget, coverage)
      }
      let shortBurn = burn(pair.short)
      let longBurn = burn(pair.long)
      let isShortSeen = (shortBurn?.coverage ?? 0) >= minimumCoverage
      short.append(isShortSeen ? shortBurn?.rate : nil)
      long.append(longBurn.map { $0.rate * min(1, $0.coverage) })
      seen.append(longBurn?.rate)
      longSeen.append((longBurn?.coverage ?? 0) >= minimumCoverage)
      complete.append((longBurn?.coverage ?? 0) >= 1 - 1 / Double(clock.steps(in: pair.long)))
    }
    self.short = short
    self.long = long
    self.seen = seen
    isLongComplete = complete
    isLongSeen = longSeen
  }

  /// Whether the short window and what was seen of the long one burn at `rate` or more.
  func isNotable(at step: Int, rate: Double) -> Bool {
    (short[step] ?? 0) >= rate && (seen[step] ?? 0) >= rate
  }

  /// What both windows exceed at `step`; nil when either cannot be judged.
  func both(at step: Int) -> Double? {
    guard let short = short[step], let long = long[step] else { return nil }
    return min(short, long)
  }
}
