import BundleStore
import Canonical
import Policies
import PromQL
import Queries
import Reasoning
import Replay
import Rules
import Telemetry

/// The rule files of policies, replayed over what a report has loaded anyway.
struct PolicyRules {
  private let groups: [RuleGroup]

  /// Reads the rule files of `policy`.
  ///
  /// - Throws: `PolicyError` with every mistake.
  init(_ policy: Policy) throws {
    groups = try RuleFile.groups(in: policy.rules)
  }

  /// The alerts that would have fired up to the end of `observations`, in order of first firing,
  /// name and labels, and the rules that failed, in sentences.
  ///
  /// - Throws: `BundleError` when the bundle cannot be read.
  func alerts(
    over observations: Observations, of bundle: BundleReader
  ) throws -> (
    fired: [ReplayedAlert], failures: [String]
  ) {
    guard !groups.isEmpty else { return ([], []) }
    let (start, end) = (observations.window.start, observations.end)
    var options = RuleReplayOptions()
    options.query = RecordedServer(of: bundle).options(readsScrapesFromGrid: true)
    let source = LoadedSeriesSource(
      items(of: observations, bundle.manifest), span: start...max(start, end))
    let result = try RuleReplay(groups: groups, source: source, options: options)
      .result(from: start, to: end)
    let failures = result.failures.map { failure in
      "policies/rules: \(failure.rule) failed at \(failure.count) steps from"
        + " \(Canonical.text(failure.firstAt)): \(failure.message)"
    }
    return (Self.fired(result.alerts), failures)
  }

  /// The series that the rules read; all of them when a selector leaves its metric open.
  private func items(
    of observations: Observations, _ manifest: Manifest
  ) -> [LoadedSeriesSource.Item] {
    let steps = Dictionary(
      manifest.files.map { ($0.path, $0.role == .metricGrid ? $0.query?.step : nil) }
    ) { first, _ in first }
    let reads = groups.flatMap(\.rules).map { RuleReads($0.expression) }
    let names: Set<String>? =
      reads.contains(where: \.leavesMetricOpen) ? nil : Set(reads.flatMap(\.metricNames))
    return observations.series.filter { names?.contains($0.series.labels.metricName ?? "") ?? true }
      .map { LoadedSeriesSource.Item($0.series, step: steps[$0.path] ?? nil) }
  }

  /// The firings of each alert as one.
  private static func fired(_ alerts: [AlertInstance]) -> [ReplayedAlert] {
    var firings: [LabelSet: [AlertInstance]] = [:]
    for alert in alerts where alert.firingAt != nil {
      firings[alert.labels, default: []].append(alert)
    }
    return firings.compactMap { labels, instances in
      guard let first = instances.first, let last = instances.last, let fired = first.firingAt
      else { return nil }
      return ReplayedAlert(
        name: first.name, labels: labels.filter { !$0.hasSameBytes(as: "alertname") },
        group: first.group, firstPending: first.pendingAt, firstFired: fired,
        resolved: last.resolvedAt, firings: instances.count, severity: labels["severity"] ?? "",
        annotations: first.annotations)
    }.sorted { left, right in
      if left.firstFired != right.firstFired { return left.firstFired < right.firstFired }
      if !left.name.hasSameBytes(as: right.name) { return left.name.precedesInBytes(right.name) }
      return left.labels < right.labels
    }
  }
}
