import PromQL
import Telemetry

/// A rule, when it is evaluated, and how.
struct ScheduledRule {
  let group: RuleGroup
  let rule: Rule
  /// The steps of the group; nil when none lies in the window or there are too many.
  private(set) var grid: QueryGrid?
  /// How many steps there would be, when that is too many.
  private(set) var refusedSteps: Int?
  /// The rules whose series it may see, by index.
  let sources: [Int]
  /// Whether it must be evaluated step by step, among the others.
  var isStepwise: Bool

  init(
    group: RuleGroup, rule: Rule, grid: QueryGrid?, sources: [Int], isStepwise: Bool,
    stepLimit: Int
  ) {
    self.group = group
    self.rule = rule
    self.sources = sources
    self.isStepwise = isStepwise
    if let grid, grid.count > stepLimit {
      refusedSteps = grid.count
    } else {
      self.grid = grid
    }
  }

  /// The steps at which the expression is evaluated and its samples are written.
  var writtenGrid: QueryGrid? {
    grid.map { QueryGrid(start: $0.start - offset, step: $0.step, count: $0.count) }
  }

  /// How far before the step the expression looks, in milliseconds.
  var offset: Int64 { group.queryOffset.nanoseconds / 1_000_000 }

  /// The index of the step at `time`, in milliseconds.
  func step(at time: Int64) -> Int? {
    guard let grid, time >= grid.start, time <= grid.end else { return nil }
    guard grid.step > 0 else { return time == grid.start ? 0 : nil }
    let (index, rest) = (time - grid.start).quotientAndRemainder(dividingBy: grid.step)
    return rest == 0 ? Int(index) : nil
  }
}

/// The rules of all groups in the order in which they are evaluated at one instant.
struct RuleSchedule {
  private(set) var rules: [ScheduledRule] = []

  init(groups: [RuleGroup], from: Timestamp, to: Timestamp, options: RuleReplayOptions) {
    let all = groups.flatMap { group in group.rules.map { (group, $0) } }
    for (index, (group, rule)) in all.enumerated() {
      let reads = RuleReads(rule.expression)
      let sources = all.indices.filter { reads.mayRead(all[$0].1) }
      rules.append(
        ScheduledRule(
          group: group, rule: rule,
          grid: group.grid(from: from, to: to, options: options), sources: sources,
          isStepwise: options.isAlwaysStepwise || reads.isBoundToStep || rule.asksQueries,
          stepLimit: options.stepLimit))
      // What comes later in the order is seen only as it was at the step before.
      let isOutOfOrder = sources.contains {
        $0 >= index || rules[$0].isStepwise || rules[$0].offset > rules[index].offset
      }
      if isOutOfOrder { rules[index].isStepwise = true }
    }
  }

  /// Has a rule evaluated step by step, and with it every rule that sees its series.
  mutating func makeStepwise(_ index: Int) {
    rules[index].isStepwise = true
    for later in rules.indices.dropFirst(index + 1)
    where rules[later].sources.contains(where: { rules[$0].isStepwise }) {
      rules[later].isStepwise = true
    }
  }

  /// Every instant at which a rule is evaluated, ascending.
  var times: [Int64] {
    var times: Set<Int64> = []
    for case let grid? in rules.map(\.grid) {
      for index in 0..<grid.count { times.insert(grid[index]) }
    }
    return times.sorted()
  }

}

extension RuleGroup {
  /// The steps at which a replay evaluates the group; nil when none lies in the window.
  public func grid(
    from: Timestamp, to: Timestamp, options: RuleReplayOptions
  ) -> QueryGrid? {
    let interval = interval ?? options.defaultInterval
    let step = max(1, interval.nanoseconds / 1_000_000)
    var start = from.milliseconds
    if options.keepsRecordedPhase, let known = evaluatedAt {
      let rest = (known.milliseconds - start) % step
      start += rest < 0 ? rest + step : rest
    }
    guard start <= to.milliseconds else { return nil }
    let count = Int((to.milliseconds - start) / step) + 1
    return QueryGrid(start: start, step: count > 1 ? step : 0, count: count)
  }
}

extension Rule {
  /// Whether a template of the rule may ask queries of its own.
  fileprivate var asksQueries: Bool {
    guard case .alerting(let alerting) = kind else { return false }
    return (labels + alerting.annotations).contains { Template($0.value).mayQuery }
  }
}
