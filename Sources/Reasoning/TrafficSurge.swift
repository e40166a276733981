import Canonical
import Detection
import Policies
import Replay
import Telemetry

/// Asks whether more requests than usual came in from outside when an incident began.
///
/// - Input: request counters of services that no other service calls.
/// - Value: the highest rate of a minute around the incident, in requests per second; the baseline
///   is the median rate of the minutes before.
/// - Missing data: no finding with fewer than 5 minutes before, or when every service has callers.
struct TrafficSurge {
  /// The name in findings.
  static let detector = "traffic-surge"
  /// What is held responsible for the load: whoever sends it.
  static let outside = Entity(kind: .external, name: "external")

  let topology: Topology
  let graph: CallGraph
  let ranking: RankingPolicy

  /// The surge with the highest ratio, or nil when the load of every entry stayed usual.
  ///
  /// - Parameters:
  ///   - incident: The incident's interval.
  ///   - before: The time with which it is compared.
  func finding(
    in series: [RecordedSeries], during incident: TimeRange, before: TimeRange
  ) -> Finding? {
    var byEntry: [Entity: [RecordedSeries]] = [:]
    for recorded in series {
      guard let entry = entry(of: recorded.series.labels) else { continue }
      byEntry[entry, default: []].append(recorded)
    }
    let surges = byEntry.keys.sorted().compactMap { entry in
      surge(at: entry, in: byEntry[entry] ?? [], during: incident, before: before)
    }
    return surges.reduce(nil) { best, next in
      guard let best, best.strength >= next.strength else { return next }
      return best
    }
  }

  /// The service whose requests a series counts, when nothing inside calls that service.
  private func entry(of labels: LabelSet) -> Entity? {
    guard let metric = labels.metricName, Self.countsRequests(metric), let name = labels["service"]
    else { return nil }
    let service = topology.owner(
      of: Entity(kind: .service, namespace: labels["namespace"] ?? "", name: name))
    guard PeerLabels(labels, topology: topology) == nil,
      !graph.calls(from: service).isEmpty,
      graph.calls(to: service).allSatisfy({ $0.caller.kind == .external })
    else { return nil }
    return service
  }

  private static func countsRequests(_ metric: String) -> Bool {
    metric.hasSuffix("requests_total") || metric == "nginx_ingress_controller_requests"
  }

  private func surge(
    at entry: Entity, in series: [RecordedSeries], during incident: TimeRange, before: TimeRange
  ) -> Finding? {
    let minute = TimeSpan.minutes(1)
    let usual = rates(series, in: before.pieces(of: minute)).sorted()
    guard usual.count >= 5, usual[usual.count / 2] > 0 else { return nil }
    let median = usual[usual.count / 2]
    let pieces = TimeRange(start: before.end, end: incident.end).pieces(of: minute)
    let rates = rates(series, in: pieces)
    guard let peak = rates.max(), peak >= ranking[.surge] * median,
      let first = rates.firstIndex(where: { $0 >= (1 + ranking[.surge]) / 2 * median }),
      let last = rates.lastIndex(where: { $0 >= (1 + ranking[.surge]) / 2 * median }),
      pieces[first].start <= incident.start + ranking.span(.smear)
    else { return nil }
    let (peakText, usualText) = (
      Canonical.text(peak, decimals: 1), Canonical.text(median, decimals: 1)
    )
    return Finding.retrospective(
      detector: Self.detector, kind: .anomaly, entity: Self.outside,
      interval: TimeRange(start: pieces[first].start, end: pieces[last].end), value: peak,
      baseline: median, unit: "requests/s", strength: 1 - median / peak,
      locator: Locator(
        path: series.map(\.path).min { $0.precedesInBytes($1) } ?? "",
        detail: "rate of requests that reach \(entry.name)"),
      text: "Requests that reach \(entry.name) from outside rose to \(peakText)/s, "
        + "\(Canonical.text(peak / median, decimals: 1)) times the usual \(usualText)/s.")
  }

  /// Requests per second in each piece.
  private func rates(_ series: [RecordedSeries], in pieces: [TimeRange]) -> [Double] {
    pieces.map { piece in
      // One minute holds few scrapes: the increase is read from the scrape before it on.
      let reach = TimeRange(start: piece.start - .minutes(1), end: piece.end)
      return series.reduce(0) { $0 + $1.series.increase(in: reach) } / reach.length.seconds
    }
  }
}
