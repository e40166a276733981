import Detection
import Policies
import Replay
import Telemetry

/// Concludes what happened from everything that was observed and found, after the clock has run
/// out.
public struct Reasoner: Sendable {
  private let policy: CausePolicy

  /// Makes a reasoner.
  ///
  /// - Parameter causes: Possible causes and how evidence is weighed.
  public init(causes: CausePolicy) {
    policy = causes
  }

  /// The analysis of one bundle from all that detection has to say.
  public func analysis(
    of observations: Observations, detection: DetectionResult, coverage: Coverage,
    identity: BundleIdentity
  ) -> Analysis {
    analysis(
      of: observations, findings: detection.findings, outcomes: detection.outcomes,
      timeline: detection.score, incidents: detection.incidents, alerts: detection.alerts,
      visibility: detection.visibility, coverage: coverage, identity: identity)
  }

  /// The analysis of one bundle; the same for the same input in any order.
  ///
  /// Findings that compare an incident with the time before it are added to those given: failing
  /// calls between services.
  ///
  /// - Parameters:
  ///   - observations: What the bundle holds up to the replay's end.
  ///   - findings: What detectors found.
  ///   - outcomes: What every detector has to say.
  ///   - timeline: The score over time.
  ///   - incidents: Incidents found in the score.
  ///   - alerts: Alerts that the bundle recorded.
  ///   - visibility: How much of the window could be judged.
  ///   - coverage: What the bundle covers; see `Coverage.combining`.
  ///   - identity: Which bundle it is.
  public func analysis(
    of observations: Observations, findings: [Finding], outcomes: [DetectorOutcome],
    timeline: ScoreTimeline, incidents: [Incident], alerts: [RecordedAlert],
    visibility: Visibility, coverage: Coverage, identity: BundleIdentity
  ) -> Analysis {
    let topology = Topology(observed: observations)
    let errorLines = ErrorLines(observations.logs, topology: topology)
    let incidents = incidents.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    let counted = incidents.map { countedCalls(in: $0, observations, topology) }
    let all = Self.ordered(findings + counted.flatMap(\.failing).map(\.finding))
    let explained = zip(incidents, counted).map { incident, counted in
      explain(
        incident, observations: observations, findings: all, counted: counted,
        topology: topology, errorLines: errorLines, coverage: coverage)
    }
    let alerts = AlertRecord.records(of: alerts)
    let judgement = Judgement(
      window: TimeRange(start: observations.window.start, end: observations.end),
      outcomes: outcomes, timeline: timeline, incidents: incidents, visibility: visibility,
      coverage: coverage.verdict)
    return Analysis(
      bundle: identity, coverage: coverage, verdict: judgement.verdict,
      verdictReason: judgement.reason, score: timeline, incidents: explained, findings: all,
      chronicle: Chronicle(limit: Int(policy.ranking[.chronicleLines])).entries(
        findings: all, incidents: explained, alerts: alerts),
      detectors: outcomes.sorted { $0.detector.precedesInBytes($1.detector) }, alerts: alerts)
  }

  private func countedCalls(
    in incident: Incident, _ observations: Observations, _ topology: Topology
  ) -> CountedCalls {
    let start = incident.startedAt
    let before = TimeRange(
      start: max(observations.window.start, start - policy.ranking.span(.lookback)),
      end: start - policy.ranking.span(.smear))
    return PeerErrors(topology: topology, ranking: policy.ranking).calls(
      in: observations.series,
      during: TimeRange(start: start, end: incident.endedAt ?? observations.end),
      isOpen: incident.endedAt == nil, before: before)
  }

  private func explain(
    _ incident: Incident, observations: Observations, findings: [Finding],
    counted: CountedCalls, topology: Topology, errorLines: ErrorLines, coverage: Coverage
  ) -> ExplainedIncident {
    let end = incident.endedAt ?? observations.end
    let graph = CallGraph(
      observed: observations, topology: topology, errorLines: errorLines, counted: counted,
      findings: findings,
      period: TimeRange(start: incident.startedAt - policy.ranking.span(.smear), end: end))
    let scrapes = observations.sources.compactMap(\.scrapeInterval)
    let file = CaseFile(
      incident: incident, end: observations.end, topology: topology, graph: graph,
      policy: policy, findings: findings, resolution: scrapes.max() ?? observations.step)
    let writer = HypothesisWriter(
      file: file, errorLines: errorLines,
      holdings: Holdings(observations: observations, topology: topology, errorLines: errorLines),
      completeness: coverage.completeness)
    return ExplainedIncident(incident: incident, hypotheses: writer.hypotheses())
  }

  /// In order of start and id, each id once.
  private static func ordered(_ findings: [Finding]) -> [Finding] {
    var seen: Set<String> = []
    return findings.sorted { left, right in
      left.interval.start != right.interval.start
        ? left.interval.start < right.interval.start : left.id.precedesInBytes(right.id)
    }.filter { seen.insert($0.id).inserted }
  }
}
