import PromQL
import Telemetry

/// Replays rules over recorded series, as a server would have evaluated them.
///
/// A rule that sees nothing of later rules is evaluated once over all steps; the others are
/// evaluated step by step, in the order of groups and rules, and see what the rules before them
/// wrote at the same step and the rules after them at the step before. Both ways give the same
/// result. At one instant, groups are evaluated in the order they are given.
public struct RuleReplay: Sendable {
  private let groups: [RuleGroup]
  private let source: any SeriesSource
  private let options: RuleReplayOptions

  /// Makes a replay of groups over a source.
  public init(
    groups: [RuleGroup], source: any SeriesSource,
    options: RuleReplayOptions = RuleReplayOptions()
  ) {
    self.groups = groups
    self.source = source
    self.options = options
  }

  /// The result of every step of every group from `from` to `to`, both included.
  ///
  /// - Throws: What the source throws; a rule that fails is a `RuleFailure` of the result.
  public func result(from: Timestamp, to: Timestamp) throws -> RuleReplayResult {
    let schedule = RuleSchedule(groups: groups, from: from, to: to, options: options)
    var pass = ReplayPass(
      schedule: schedule, from: from, source: source, options: options,
      hiddenMetrics: options.replacesRecordedMetrics ? writtenMetrics : [])
    try pass.runColumnar()
    try pass.runStepwise()
    return pass.result
  }

  private var writtenMetrics: Set<String> {
    var metrics: Set<String> = []
    for rule in groups.flatMap(\.rules) {
      switch rule.kind {
      case .recording(let metric): metrics.insert(metric)
      case .alerting: metrics.formUnion(RuleReads.alertMetrics)
      }
    }
    return metrics
  }
}
