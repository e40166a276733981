import BundleStore
import JSONStream
import Policies
import PromQL
import Queries
import Reporting
import Rules
import Telemetry

/// Replays rules over the metrics of a bundle.
public enum RulesRun {
  /// The back-test of a plan, and how many entries of the bundle are damaged.
  public static func backtest(
    _ plan: RulesPlan
  ) throws(AnalysisFailure) -> (backtest: RuleBacktest, damaged: Int) {
    do {
      let bundle = try BundleReader(path: plan.bundlePath)
      let files = try ruleFiles(plan, in: bundle)
      let queries = BundleQueries(bundle, threads: plan.threads)
      let logQueries = BundleLogQueries(bundle)
      let streams = try logQueries.streams()
      let logRules = LogRules {
        try !queries.source.series(matching: $0, from: .min, to: .max).isEmpty
      } hasStreams: { matchers in
        streams.contains { labels in matchers.allSatisfy { $0.isSatisfied(by: labels) } }
      }
      let groups = try RuleFile.groups(in: files) { try logRules.expression(standingFor: $0) }
      let (backtest, damaged) = try backtest(
        groups, logRules, sources: files.map(\.name), plan, over: queries, logQueries, of: bundle)
      try refuseBlindRules(of: backtest, plan)
      return (backtest, queries.source.gaps.count + damaged)
    } catch let error as PolicyError {
      throw .badPolicies(error)
    } catch let error as AnalysisFailure {
      throw error
    } catch let error as LogQuestionError {
      throw .badPlan(reason: "a LogQL rule cannot be evaluated: \(error)")
    } catch {
      throw AnalysisFailure(error, bundlePath: plan.bundlePath)
    }
  }

  private static func refuseBlindRules(
    of backtest: RuleBacktest, _ plan: RulesPlan
  ) throws(AnalysisFailure) {
    let names = backtest.sight.blindRules + backtest.result.failures.map(\.rule)
    guard plan.isStrict, !names.isEmpty else { return }
    throw .badPlan(
      reason: "--strict: \(names.count) of \(backtest.ruleCount) rules cannot be evaluated on this"
        + " bundle: \(names.joined(separator: ", ")); `rules` without --strict says why")
  }

  /// The alerts that the captured server had, as far as its rules are in the bundle.
  private static func recordedAlertNames(in bundle: BundleReader) throws -> Set<String> {
    let files = try recordedRuleFiles(in: bundle)
    guard let groups = try? RuleFile.groups(in: files) else { return [] }
    return Set(groups.flatMap(\.alertNames))
  }

  /// The back-test, and how many entries of the logs are damaged.
  private static func backtest(
    _ groups: [RuleGroup], _ logRules: LogRules, sources: [String], _ plan: RulesPlan,
    over queries: BundleQueries, _ logQueries: BundleLogQueries, of bundle: BundleReader
  ) throws -> (RuleBacktest, damaged: Int) {
    let window = bundle.manifest.window
    var options = RuleReplayOptions()
    options.queryOfExpression = { queries.options(for: $0) }
    options.defaultInterval = queries.server.evaluationInterval ?? options.defaultInterval
    options.keepsRecordedPhase = !plan.isAligned
    let logs = try logRules.series(
      of: groups, from: window.start, to: window.end, options: options,
      in: logQueries)
    let source = logs.series.source(over: queries.source)
    let result = try RuleReplay(groups: groups, source: source, options: options)
      .result(from: window.start, to: window.end)
    let recorded = try FiringInterval.recorded(in: source, from: window.start, to: window.end)
    let rules = groups.flatMap(\.rules)
    let names = Set(groups.flatMap(\.alertNames))
    let interval = groups.compactMap(\.interval).max() ?? options.defaultInterval
    let backtest = RuleBacktest(
      bundleID: bundle.manifest.bundleID, window: window, sources: sources,
      ruleCount: rules.count, result: result,
      comparison: recorded.isEmpty
        ? nil
        : AlertComparison(
          of: result.alerts, with: recorded, names: names,
          known: try plan.ruleFiles.isEmpty ? names : recordedAlertNames(in: bundle),
          tolerance: interval, resolution: alertStep(of: bundle)),
      sight: try RuleSight(
        of: groups, reach: { logRules.reach(of: $0) ?? BundleQueries.reach(of: $0) }
      ) { metric in
        if logs.series.holds(metric) { return true }
        let matchers = [LabelMatcher("__name__", equals: metric)]
        return try !source.series(matching: matchers, from: .min, to: .max).isEmpty
      },
      logExpressions: logRules.texts,
      unmatched: try Set(rules.flatMap { try queries.unknownLabels(in: $0.expression) }).sorted {
        $0.precedesInBytes($1)
      })
    return (backtest, logs.damages.count)
  }

  /// The longest step of the recordings of `ALERTS`.
  private static func alertStep(of bundle: BundleReader) -> TimeSpan {
    bundle.manifest.files.compactMap { file -> TimeSpan? in
      guard let query = file.query, query.expression.contains("ALERTS") else { return nil }
      return query.step
    }.max() ?? .zero
  }

  // MARK: Rule files

  private static func ruleFiles(
    _ plan: RulesPlan, in bundle: BundleReader
  ) throws -> [(name: String, text: String)] {
    guard plan.ruleFiles.isEmpty else {
      return try plan.ruleFiles.map { ($0, try TextFile.read($0, flag: "--rules")) }
    }
    let recorded = try recordedRuleFiles(in: bundle)
    guard !recorded.isEmpty else {
      throw AnalysisFailure.badPlan(
        reason: "the bundle recorded no rules: name a file with --rules FILE")
    }
    return recorded
  }

  private static func recordedRuleFiles(
    in bundle: BundleReader
  ) throws -> [(name: String, text: String)] {
    try bundle.manifest.files.filter { $0.role == .rules }.map { file in
      guard file.bytes <= TextFile.limit else {
        throw AnalysisFailure.badPlan(
          reason:
            "\(file.path) of the bundle has \(file.bytes) bytes, at most \(TextFile.limit) are"
            + " read: name a file with --rules FILE")
      }
      return (name: file.path, text: try bundle.read(file, text(of:)))
    }
  }

  private static func text(of source: any ByteSource) throws -> String {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try chunk.withUnsafeMutableBytes { try source.read(into: $0) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }
}

extension RuleGroup {
  /// The names of its alerts, in order.
  fileprivate var alertNames: [String] {
    rules.compactMap { rule in
      if case .alerting(let alert) = rule.kind { alert.name } else { nil }
    }
  }
}
