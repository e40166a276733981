import Canonical
import Policies
import Replay
import Telemetry

/// Flags services that spend their error budget faster than their objective allows.
///
/// - Input: request counters of the shapes in `slo.json`, by service and status.
/// - Claim: the short and what was seen of the long window of the first pair both burn at
///   `burn.notable` or more; which rule of which pair fires, and from when, is said in the text.
/// - Strength: the score's burn scale, over the lower of both windows' burn rates.
/// - End: the last step that itself failed at `burn.notable` or more.
/// - Start: the first step of the unbroken run of steps that led to the claim and failed at half of
///   its rate or more.
/// - Missing data: a window with data for less than half of it, or with so few requests that one
///   failure would pass the threshold, is not judged; a long window that begins before the data is
///   bounded from below, and the text says so.
/// - Source: SRE Workbook ch. 5, sre.google/workbook/alerting-on-slos.
struct SLOBurn: Detector {
  static let name = "slo-burn"
  static let component: String? = "slo"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let objectives = scene.policy.objectives
    var builder = ResultBuilder(Self.self, scene.clock)
    var isEvaluable = Array(repeating: false, count: scene.clock.count)
    let services = ServiceRequests.all(in: scene)
    for requests in services {
      let story = BurnStory(requests, scene)
      for step in 0..<scene.clock.count where story.strengths[step] != nil {
        isEvaluable[step] = true
      }
      builder.add(
        entity: requests.entity, service: requests.entity.name, strengths: story.strengths,
        claims: story.claims, joining: 1
      ) { run, peak in story.draft(over: run, peak: peak) }
    }
    let silent = services.compactMap { BurnStory.impossibleRule(for: $0.entity.name, objectives) }
    return builder.result(
      isEvaluable: isEvaluable,
      read: (["request counters of \(services.count) services"] + silent).joined(separator: "; "),
      missing: services.isEmpty
        ? "no request counter with a status label is in the bundle"
        : "no service has requests enough to judge a burn rate")
  }
}

/// The burn of one service and how to tell it.
private struct BurnStory {
  let requests: ServiceRequests
  let scene: ReplayScene
  let windows: BurnWindows
  let pair: BurnPair
  let rates: BurnRates
  let objective: Double
  let strengths: [Double?]
  let claims: [Double?]

  init(_ requests: ServiceRequests, _ scene: ReplayScene) {
    let objectives = scene.policy.objectives
    let objective = objectives.availability(of: requests.entity.name)
    let windows = BurnWindows(of: requests, policy: objectives, clock: scene.clock)
    let (pair, rates) = windows.pairs[0]
    let scale = scene.policy.score.burnScale.closed(at: 1 / (1 - objective))
    let both = (0..<scene.clock.count).map { rates.both(at: $0) }
    self.requests = requests
    self.scene = scene
    self.windows = windows
    self.pair = pair
    self.rates = rates
    self.objective = objective
    strengths = both.map { $0.map(scale.strength) }
    claims = both.enumerated().map { step, burn in
      burn.map {
        rates.isNotable(at: step, rate: objectives.notableBurn) ? scale.strength(of: $0) : 0
      }
    }
  }

  func draft(over run: Range<Int>, peak: Int) -> FindingDraft {
    let begin = onset(before: run.lowerBound)
    let last = lastFailure(in: run)
    let steps = max(begin, 1)..<max(last, begin, 1) + 1
    let failed = steps.reduce(0) { $0 + requests.failed.increases[$1] }
    let total = steps.reduce(0) { $0 + requests.total.increases[$1] }
    let worst = StrengthRuns.peak(of: rates.short, in: run)
    let short = rates.short[worst] ?? 0
    let ratio = Canonical.text(short * (1 - objective) * 100, significant: 3)
    var text = "\(requests.entity.name): \(ratio) % of requests failed over"
    text += " \(Canonical.text(pair.short)) at the worst, burn rate"
    text += " \(Canonical.text(short, significant: 3)) (\(longText(in: run)))"
    text += " against an objective of \(Canonical.text(objective * 100)) %;"
    text += " \(Canonical.text(failed.rounded())) of \(Canonical.text(total.rounded())) requests"
    text += " failed from \(Canonical.timeOfDay(scene.clock[max(0, begin - 1)]))"
    text += " to \(Canonical.timeOfDay(scene.clock[last])), \(budgetText(failed, total, steps));"
    text += " " + BurnRules.text(for: windows, in: run, clock: scene.clock)
    return FindingDraft(
      kind: .error, entity: requests.entity, service: requests.entity.name,
      start: scene.clock[max(0, begin - 1)], peakAt: scene.clock[worst], end: scene.clock[last],
      value: short, baseline: 1, unit: "burn rate", locator: requests.locator, text: text)
  }

  /// The highest burn over the long window; a lower bound where it begins before the data does.
  private func longText(in run: Range<Int>) -> String {
    let worst = StrengthRuns.peak(of: rates.long, in: run)
    let bound = rates.isLongComplete[worst] ? "up to" : "at least"
    return "\(bound) \(Canonical.text(rates.long[worst] ?? 0, significant: 3))"
      + " over \(Canonical.text(pair.long))"
  }

  /// The last step of `run` whose own requests failed at a notable rate; the burn of a window
  /// stays high for as long as the window is.
  private func lastFailure(in run: Range<Int>) -> Int {
    let level = scene.policy.objectives.notableBurn * (1 - objective)
    return run.last { isFailing($0, level) } ?? run.upperBound - 1
  }

  /// The first step of the unbroken run of failing steps before and at `step`.
  private func onset(before step: Int) -> Int {
    var begin = step
    let level = max(2, (rates.short[step] ?? 0) / 2) * (1 - objective)
    while begin > 1, isFailing(begin - 1, level) || isFailing(begin - 2, level) { begin -= 1 }
    while begin < step, !isFailing(begin, level) { begin += 1 }
    return begin
  }

  private func isFailing(_ step: Int, _ level: Double) -> Bool {
    guard step >= 0, requests.total.increases[step] > 0 else { return false }
    return requests.failed.increases[step] >= 2
      && requests.failed.increases[step] / requests.total.increases[step] >= level
  }

  /// The share of the period's error budget that was spent, if traffic is as usual.
  ///
  /// - Source: `facts/reasoning.md` c.1, `burn · w / period`.
  private func budgetText(_ failed: Double, _ total: Double, _ steps: Range<Int>) -> String {
    let period = scene.policy.objectives.period
    let burn = total > 0 ? failed / total / (1 - objective) : 0
    let spent = burn * scene.clock.step.seconds * Double(steps.count) / period.seconds
    return "\(Canonical.text(spent * 100, significant: 2)) % of the \(Canonical.text(period))"
      + " budget if traffic is even"
  }

  static func impossibleRule(for service: String, _ objectives: ObjectivePolicy) -> String? {
    let highest = 1 / (1 - objectives.availability(of: service))
    guard let pair = objectives.burnPairs.first(where: { $0.threshold > highest }) else {
      return nil
    }
    return "\(service): the rule of burn \(Canonical.text(pair.threshold)) cannot fire, since its"
      + " objective allows at most \(Canonical.text(highest, significant: 3))"
  }
}
