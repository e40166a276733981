import Canonical
import PromQL
import Telemetry
import Templates

/// One replay under way.
struct ReplayPass {
  private var schedule: RuleSchedule
  private let source: any SeriesSource
  private let options: RuleReplayOptions
  private let hiddenMetrics: Set<String>
  private var tracks: [RuleTrack]
  private var failures: [RuleFailure?]
  private var snapshots: [AlertSnapshot] = []

  init(
    schedule: RuleSchedule, from: Timestamp, source: any SeriesSource,
    options: RuleReplayOptions, hiddenMetrics: Set<String>
  ) {
    self.schedule = schedule
    self.source = source
    self.options = options
    self.hiddenMetrics = hiddenMetrics
    tracks = schedule.rules.map { RuleTrack($0, options: options) }
    failures = schedule.rules.map { rule in
      rule.refusedSteps.map { steps in
        RuleFailure(
          group: rule.group.name, rule: rule.rule.name, firstAt: from, count: steps,
          message: "its group has \(steps) steps in this window, more than"
            + " \(options.stepLimit): choose a longer interval or a shorter window")
      }
    }
  }

  var result: RuleReplayResult {
    RuleReplayResult(
      alerts: tracks.flatMap(\.instances).sorted(by: AlertInstance.precedes),
      recorded: tracks.flatMap(\.columns).sorted { $0.labels < $1.labels },
      failures: failures.compactMap { $0 }, snapshots: snapshots)
  }

  // MARK: Whole columns

  /// Evaluates what can be evaluated over all steps at once.
  mutating func runColumnar() throws {
    for index in schedule.rules.indices where !schedule.rules[index].isStepwise {
      let scheduled = schedule.rules[index]
      guard let grid = scheduled.grid, let written = scheduled.writtenGrid else { continue }
      let engine = engine(for: index, at: .max, layers: scheduled.sources)
      do {
        let result = try engine.result(of: scheduled.rule.expression, over: written)
        take(StepFeed(result), of: index, over: grid)
      } catch QueryError.execution {
        // It may fail at some steps only.
        schedule.makeStepwise(index)
      } catch let error as QueryError {
        fail(index, at: Timestamp(milliseconds: grid.start), error.description)
        failures[index]?.count = grid.count
      }
    }
  }

  private mutating func take(_ feed: StepFeed, of index: Int, over grid: QueryGrid) {
    for step in 0..<grid.count {
      take(feed.samples(at: step), of: index, at: grid[step]) { _ in [] }
    }
  }

  // MARK: Step by step

  /// Evaluates the other rules at every instant, in order.
  mutating func runStepwise() throws {
    guard schedule.rules.contains(where: \.isStepwise) else { return }
    for time in schedule.times {
      for index in schedule.rules.indices where schedule.rules[index].isStepwise {
        guard schedule.rules[index].step(at: time) != nil else { continue }
        try evaluate(index, at: time)
      }
    }
  }

  private mutating func evaluate(_ index: Int, at time: Int64) throws {
    let scheduled = schedule.rules[index]
    // A template may ask for anything.
    let engine = engine(for: index, at: time, layers: Array(schedule.rules.indices))
    let instant = Timestamp(milliseconds: time - scheduled.offset)
    do {
      let result = try engine.result(of: scheduled.rule.expression, at: instant)
      take(StepFeed(result).samples(at: 0), of: index, at: time) { text in
        let expression = try Expression.parse(text)
        return StepFeed(try engine.result(of: expression, at: instant)).samples(at: 0)
      }
    } catch let error as QueryError {
      fail(index, at: Timestamp(milliseconds: time), error.description)
    }
  }

  // MARK: Both

  private mutating func take(
    _ samples: [TemplateSample], of index: Int, at time: Int64,
    query: @escaping (String) throws -> [TemplateSample]
  ) {
    let instant = Timestamp(milliseconds: time)
    let written = time - schedule.rules[index].offset
    do throws(RuleStepError) {
      try tracks[index].take(samples, at: instant, written: written, query: query)
    } catch {
      fail(index, at: instant, error.description)
    }
    if options.snapshotTimes.contains(instant),
      let firing = tracks[index].firing(at: instant, query: query)
    {
      snapshots.append(
        AlertSnapshot(
          name: schedule.rules[index].rule.name, time: instant, firing: firing))
    }
  }

  /// An engine that sees what is there when a rule is evaluated at `time`, or all when it is `max`.
  private func engine(for index: Int, at time: Int64, layers: [Int]) -> QueryEngine {
    let visible = layers.map { other in
      let rule = schedule.rules[other]
      // A later rule has not been evaluated at this instant yet.
      let last = other < index || time == .max ? time : time - 1
      return (columns: tracks[other].columns, horizon: last == .max ? last : last - rule.offset)
    }
    return QueryEngine(
      source: LayeredSource(
        base: source, hiddenMetrics: hiddenMetrics, layers: visible, horizon: time),
      options: options.queryOfExpression?(schedule.rules[index].rule.expression) ?? options.query)
  }

  private mutating func fail(_ index: Int, at time: Timestamp, _ message: String) {
    let rule = schedule.rules[index]
    var failure =
      failures[index]
      ?? RuleFailure(
        group: rule.group.name, rule: rule.rule.name, firstAt: time, count: 0, message: message)
    failure.count += 1
    failures[index] = failure
  }
}
