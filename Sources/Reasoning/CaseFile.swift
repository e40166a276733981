import Detection
import Policies
import Telemetry

/// Everything that bears on one incident, with each finding put to the entity that it speaks about.
struct CaseFile: Sendable {
  /// The incident.
  let incident: Incident
  /// From its start to its end, or to the end of the replay.
  let interval: TimeRange
  /// The incident and the time before it in which evidence still counts.
  let period: TimeRange
  /// Who belongs to whom.
  let topology: Topology
  /// Who calls whom, with the calls that fail in the period.
  let graph: CallGraph
  /// What counts how much.
  let policy: CausePolicy
  /// The findings of the period per owner, in order of start and id.
  let findings: [Entity: [Finding]]
  /// Owners with findings, and callees of failing calls, sorted.
  let entities: [Entity]
  /// Services that the incident hurt, sorted.
  let victims: [Entity]
  /// How far apart in time two onsets must be to be ordered, beside the smear of rates.
  let resolution: TimeSpan

  /// Whoever sends the requests that come in from outside.
  static let outside = Entity(kind: .external, name: "external")

  /// The detector that takes over recorded alerts.
  static let alertDetector = "alert"
  /// The detector that compares request rates with their past.
  static let trafficDetector = "traffic"

  /// Opens the file of one incident.
  init(
    incident: Incident, end: Timestamp, topology: Topology, graph: CallGraph, policy: CausePolicy,
    findings: [Finding], resolution: TimeSpan
  ) {
    let interval = TimeRange(start: incident.startedAt, end: incident.endedAt ?? end)
    let period = TimeRange(
      start: interval.start - policy.ranking.span(.lookback), end: interval.end)
    var byOwner: [Entity: [Finding]] = [:]
    // An alert restates what its rule saw; the data behind it is evidence already.
    for finding in findings where finding.detector != Self.alertDetector {
      guard period.touches(finding.interval) else { continue }
      let owner = topology.owner(of: finding.entity, hint: finding.service)
      let isFromOutside = Self.isSurge(finding) && graph.isEntry(owner)
      byOwner[isFromOutside ? Self.outside : owner, default: []].append(finding)
    }
    let callees = graph.calls.filter { $0.failure != nil }.map(\.callee)
    // A probe of a public address says that users are hurt, not by whom: a party outside is only
    // a suspect when something inside calls it.
    let called = Set(graph.calls.map(\.callee))
    self.incident = incident
    self.interval = interval
    self.period = period
    self.topology = topology
    self.graph = graph
    self.policy = policy
    self.findings = byOwner
    self.resolution = resolution
    entities = Set(byOwner.keys).union(callees)
      .filter {
        $0.kind != .cluster && ($0.kind != .external || $0 == Self.outside || called.contains($0))
      }
      .sorted()
    victims = entities.filter { $0.kind == .service && incident.services.contains($0.name) }
  }

  /// What sort of evidence a finding is.
  ///
  /// Kinds come from detectors. Words can raise an error or anomaly to a failure or a saturation
  /// of the one who reports it, and lower a failure to an error when they only say that something
  /// else did not answer.
  func evidenceClass(of finding: Finding) -> EvidenceClass {
    let text = FoldedText(finding.text)
    if finding.kind == .amend { return .change }
    if Self.isSurge(finding) {
      let owner = topology.owner(of: finding.entity, hint: finding.service)
      return graph.isEntry(owner) ? .saturation : .anomaly
    }
    if finding.detector == PeerErrors.detector { return .callers }
    if finding.kind == .saturation { return .saturation }
    if text.contains(anyOf: policy.wording.symptom) {
      return finding.kind == .anomaly ? .anomaly : .error
    }
    switch finding.kind {
    case .failure: return .failure
    case .saturation: return .saturation
    case .amend: return .change
    case .error, .anomaly:
      if text.contains(anyOf: policy.wording.failure) { return .failure }
      if text.contains(anyOf: policy.wording.saturation) { return .saturation }
      return finding.kind == .error ? .error : .anomaly
    }
  }

  /// Whether a finding's words only say that something else did not answer, or not in time.
  func isSymptom(_ finding: Finding) -> Bool {
    FoldedText(finding.text).contains(anyOf: policy.wording.symptom)
  }

  /// Whether a finding says that more requests than usual arrived.
  static func isSurge(_ finding: Finding) -> Bool {
    finding.detector == trafficDetector && finding.baseline.map { finding.value > $0 } ?? false
  }

  /// When a finding's condition began at the earliest and at the latest.
  ///
  /// What is read from a rate over a window appears late by up to that window.
  func onset(of finding: Finding) -> Onset {
    let smear = finding.kind == .error || finding.kind == .anomaly
    let earliest = finding.interval.start - resolution
    return Onset(
      earliest: smear ? earliest - policy.ranking.span(.smear) : earliest,
      latest: finding.interval.start)
  }
}

/// When something began, as an interval: two onsets are in order only when theirs do not overlap.
struct Onset: Hashable, Sendable {
  /// The earliest possible instant.
  let earliest: Timestamp
  /// The latest possible instant.
  let latest: Timestamp

  /// Whether this began after the other for certain.
  func isAfter(_ other: Onset) -> Bool { earliest > other.latest }
}

extension TimeRange {
  /// Whether the intervals share an instant; a moment without length counts as one.
  func touches(_ other: TimeRange) -> Bool {
    other.isEmpty ? start <= other.start && other.start <= end : overlaps(other)
  }
}
