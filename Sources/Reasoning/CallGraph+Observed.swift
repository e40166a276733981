import Detection
import Replay
import Telemetry

extension CallGraph {
  /// Reads calls from labels of series, from failing calls that were counted, and from the parties
  /// that error lines, warning events and findings mention.
  ///
  /// - Parameters:
  ///   - errorLines: Error lines by whose they are.
  ///   - counted: Calls that counters count; see `PeerErrors`.
  ///   - period: The time in which a mention in an error line counts as a failing call.
  init(
    observed observations: Observations, topology: Topology, errorLines: ErrorLines,
    counted: CountedCalls,
    findings: [Finding], period: TimeRange
  ) {
    let reader = MentionReader(topology: topology, period: period, counted: counted.pairs)
    var calls = counted.failing.map(\.call)
    calls += observations.series.compactMap { recorded in
      PeerLabels(recorded.series.labels, topology: topology).map { peers in
        Call(
          caller: peers.caller, callee: peers.callee, failure: nil,
          provenance: "\(recorded.path): \(peers.metric)")
      }
    }
    for caller in errorLines.owners {
      for line in errorLines.lines(of: caller) {
        calls += reader.calls(
          from: caller, in: line.text, at: line.time,
          provenance: "\(line.path) line \(line.lineNumber)")
      }
    }
    for recorded in observations.events where recorded.event.isWarning {
      calls += reader.calls(in: recorded)
    }
    for finding in findings where finding.kind == .error || finding.kind == .anomaly {
      let caller = topology.owner(of: finding.entity, hint: finding.service)
      calls += reader.calls(
        from: caller, in: finding.text, at: finding.interval.start, finding: finding.id,
        provenance: "\(finding.locator.path): \(finding.locator.detail)")
    }
    self.init(calls)
  }
}

/// Turns mentions in text into calls.
private struct MentionReader {
  let topology: Topology
  let period: TimeRange
  let counted: Set<CallPair>

  func calls(in recorded: RecordedEvent) -> [Call] {
    let event = recorded.event
    guard let time = event.lastSeen, event.regarding.kind == "Pod" else { return [] }
    let pod = Entity(
      kind: .pod, namespace: event.regarding.namespace, name: event.regarding.name)
    return calls(
      from: topology.owner(of: pod), in: event.note, at: time,
      provenance: "\(recorded.path): event \(event.uid)")
  }

  func calls(
    from caller: Entity, in text: String, at time: Timestamp, finding: String? = nil,
    provenance: String
  ) -> [Call] {
    PeerMention.mentions(in: text).compactMap { mention in
      guard let callee = callee(mention, near: caller.namespace) else { return nil }
      let isCounted = counted.contains(CallPair(caller: caller, callee: callee))
      let isFailing = period.contains(time) && !isCounted
      return Call(
        caller: caller, callee: callee,
        failure: isFailing ? CallFailure(finding: finding, text: text) : nil,
        provenance: provenance)
    }
  }

  private func callee(_ mention: PeerMention, near namespace: String) -> Entity? {
    if let known = topology.answering(
      at: mention.host, port: mention.port, near: namespace)
    {
      return known
    }
    guard mention.isConnection, !mention.isInternalAddress, mention.host.contains(".") else {
      return nil
    }
    return Entity(kind: .external, name: mention.host)
  }
}

/// The caller and the callee that the labels of one series name.
struct PeerLabels {
  /// Who calls.
  let caller: Entity
  /// Who is called.
  let callee: Entity
  /// The metric's name.
  let metric: String

  /// Reads the labels; nil when they do not name both sides, or name the same.
  init?(_ labels: LabelSet, topology: Topology) {
    guard let peer = Self.peerNames.lazy.compactMap({ labels[$0] }).first, !peer.isEmpty,
      let caller = Self.caller(labels, topology: topology)
    else { return nil }
    let namespace = labels["destination_service_namespace"] ?? caller.namespace
    let host = String(peer.prefix { $0 != ":" })
    let known = topology.answering(at: host, near: namespace)
    guard let callee = known ?? (host.contains(".") ? Entity(kind: .external, name: host) : nil),
      callee != caller
    else { return nil }
    self.caller = caller
    self.callee = callee
    metric = labels.metricName ?? ""
  }

  /// Labels that name the other side of a call: of client libraries, OpenTelemetry, Istio, Envoy.
  private static let peerNames = [
    "upstream", "upstream_service", "destination_service_name", "destination_service", "peer",
    "peer_service", "server_address", "net_peer_name", "target_service", "dependency",
  ]

  private static func caller(_ labels: LabelSet, topology: Topology) -> Entity? {
    let namespace = labels["namespace"] ?? labels["source_workload_namespace"] ?? ""
    if let pod = labels["pod"], labels["source_workload"] == nil {
      let owner = topology.owner(of: Entity(kind: .pod, namespace: namespace, name: pod))
      if owner.kind != .pod { return owner }
    }
    guard let name = labels["source_service"] ?? labels["source_workload"] ?? labels["service"]
    else { return nil }
    return topology.service(named: name, near: namespace)
      ?? Entity(kind: .service, namespace: namespace, name: name)
  }
}
