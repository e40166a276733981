import Canonical
import Detection
import Policies
import Replay
import Telemetry

/// Which calls are counted, and which of them fail during an incident.
struct CountedCalls: Sendable {
  /// The failing calls, sorted by caller and callee.
  let failing: [FailingCall]
  /// Every pair that is counted: whether these fail, the counters say, and no line of text.
  let pairs: Set<CallPair>
}

/// A caller and a callee.
struct CallPair: Hashable, Sendable {
  let caller: Entity
  let callee: Entity
}

/// Calls between two services that fail around an incident and did not before, with their finding.
struct FailingCall: Hashable, Sendable {
  /// The call, with its failure.
  let call: Call
  /// The finding about the callee that counts the failures.
  let finding: Finding
}

/// Compares, for each pair of caller and callee, the share of failed calls during an incident with
/// the share before it.
///
/// - Input: counters (`…_total`, `…_count`) whose labels name a peer and an outcome.
/// - Value: the share of failed calls during the incident, in percent; the baseline is the share
///   in the time before it that still counts.
/// - Missing data: no finding when there are no such counters.
struct PeerErrors {
  /// The name in findings.
  static let detector = "peer-errors"

  let topology: Topology
  let ranking: RankingPolicy

  /// The calls that are counted, and those of them that fail during `incident`.
  ///
  /// - Parameters:
  ///   - incident: The incident's interval.
  ///   - isOpen: Whether the incident had not ended when the replay did.
  ///   - before: The time with which the incident is compared.
  func calls(
    in series: [RecordedSeries], during incident: TimeRange, isOpen: Bool, before: TimeRange
  ) -> CountedCalls {
    var counters: [CallCounter: [OutcomeSeries]] = [:]
    for recorded in series {
      let labels = recorded.series.labels
      let metric = labels.metricName ?? ""
      guard metric.hasSuffix("_total") || metric.hasSuffix("_count"),
        let failed = Self.isFailed(labels), let peers = PeerLabels(labels, topology: topology)
      else { continue }
      let counter = CallCounter(
        caller: peers.caller, callee: peers.callee, metric: metric, path: recorded.path)
      counters[counter, default: []].append(
        OutcomeSeries(isFailed: failed, series: recorded.series))
    }
    let failing = counters.keys.sorted().compactMap { counter in
      failingCall(counter, counters[counter] ?? [], during: incident, isOpen, before: before)
    }
    return CountedCalls(
      failing: failing,
      pairs: Set(counters.keys.map { CallPair(caller: $0.caller, callee: $0.callee) }))
  }

  private func failingCall(
    _ counter: CallCounter, _ outcomes: [OutcomeSeries], during incident: TimeRange, _ isOpen: Bool,
    before: TimeRange
  ) -> FailingCall? {
    let now = CallCount(outcomes, in: incident)
    let earlier = CallCount(outcomes, in: before)
    guard now.failed >= ranking[.failedCalls], now.ratio >= ranking[.failedCallRatio],
      now.ratio >= ranking[.failedCallGrowth] * earlier.ratio
    else { return nil }
    let onset = onset(of: outcomes, in: incident, baseline: earlier.ratio)
    let percent = Canonical.text(now.ratio * 100, decimals: 1)
    let earlierPercent = Canonical.text(earlier.ratio * 100, decimals: 1)
    let counts =
      "\(Canonical.text(now.failed, decimals: 0)) of \(Canonical.text(now.all, decimals: 0))"
    let finding = Finding.retrospective(
      detector: Self.detector, kind: .error, entity: counter.callee,
      interval: TimeRange(start: onset, end: incident.end), isOpen: isOpen, value: now.ratio * 100,
      baseline: earlier.ratio * 100, unit: "percent of calls", strength: min(1, now.ratio * 2),
      locator: Locator(
        path: counter.path,
        detail: "\(counter.metric) from \(counter.caller.name) to \(counter.callee.name)"),
      text: "\(percent)% of the calls from \(counter.caller.name) to \(counter.callee.name) failed "
        + "(\(counts)), \(earlierPercent)% before.")
    let failure = CallFailure(finding: finding.id, text: finding.text)
    let call = Call(
      caller: counter.caller, callee: counter.callee, failure: failure,
      provenance: "\(counter.path): \(counter.metric)")
    return FailingCall(call: call, finding: finding)
  }

  /// The first minute of the incident in which calls fail clearly more often than before.
  private func onset(
    of outcomes: [OutcomeSeries], in incident: TimeRange, baseline: Double
  ) -> Timestamp {
    let threshold = max(ranking[.failedCallRatio], baseline * ranking[.failedCallGrowth])
    let minute = incident.pieces(of: .minutes(1)).first { piece in
      let widened = TimeRange(start: piece.start - .minutes(1), end: piece.end)
      let count = CallCount(outcomes, in: widened)
      return count.failed > 1 && count.ratio >= threshold
    }
    return minute?.start ?? incident.start
  }

  /// Whether the labels say that the calls failed; nil when they say nothing about it.
  private static func isFailed(_ labels: LabelSet) -> Bool? {
    if let result = labels["result"] ?? labels["outcome"] {
      return ["error", "failure", "failed", "timeout", "fail"].contains(result.lowercased())
    }
    let codes = ["code", "status", "status_code", "response_code", "http_status_code"]
    guard let code = codes.lazy.compactMap({ labels[$0] }).first else { return nil }
    return code.hasPrefix("5") && code.utf8.count == 3 || code.lowercased() == "error"
  }
}

/// Calls that one metric of one entry counts.
private struct CallCounter: Hashable, Comparable {
  let caller: Entity
  let callee: Entity
  let metric: String
  let path: String

  static func < (left: CallCounter, right: CallCounter) -> Bool {
    if left.caller != right.caller { return left.caller < right.caller }
    if left.callee != right.callee { return left.callee < right.callee }
    if left.metric != right.metric { return left.metric.precedesInBytes(right.metric) }
    return left.path.precedesInBytes(right.path)
  }
}

private struct OutcomeSeries {
  let isFailed: Bool
  let series: Series
}

/// How many calls were made and how many of them failed.
private struct CallCount {
  private(set) var all = 0.0
  private(set) var failed = 0.0

  init(_ outcomes: [OutcomeSeries], in range: TimeRange) {
    for outcome in outcomes {
      let increase = outcome.series.increase(in: range)
      all += increase
      if outcome.isFailed { failed += increase }
    }
  }

  /// The failed share; 0 without calls.
  var ratio: Double { all > 0 ? failed / all : 0 }
}
