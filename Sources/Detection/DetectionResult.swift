import Policies
import Replay
import Telemetry

/// Everything that detection concludes from observations.
public struct DetectionResult: Sendable {
  /// All findings, in order of start and id.
  public let findings: [Finding]
  /// What every detector had to say, in order of name.
  public let outcomes: [DetectorOutcome]
  /// How strong every claim was at every step, in order of detector and entity.
  public let tracks: [SignalTrack]
  /// The score of every step.
  public let score: ScoreTimeline
  /// Incidents, in order of their start.
  public let incidents: [Incident]
  /// Alerts that the bundle recorded, in order of first firing and name.
  public let alerts: [RecordedAlert]
  /// How much of the window could be judged.
  public let visibility: Visibility

  /// Runs every built-in detector, then the score, then incidents.
  ///
  /// - Parameter bundleID: The bundle's id, part of the incidents' ids.
  public init(of observations: Observations, policy: Policy, bundleID: String) {
    self.init(
      of: ReplayScene(observations: observations, policy: policy), bundleID: bundleID,
      detectors: BuiltinDetectors.all)
  }

  init(of scene: ReplayScene, bundleID: String, detectors: [any Detector.Type]) {
    let results = detectors.map { DetectorOutput($0, scene) }
    let findings = Self.ordered(results.flatMap(\.result.findings))
    let tracks = results.flatMap(\.result.tracks).sorted {
      $0.detector == $1.detector ? $0.entity < $1.entity : $0.detector < $1.detector
    }
    let affected = AffectedServices(tracks: tracks, scene: scene)
    let score = ScoreTimeline(results: results, affected: affected, scene: scene)
    self.findings = findings
    self.tracks = tracks
    self.score = score
    outcomes = results.map(\.result.outcome).sorted { $0.detector < $1.detector }
    incidents =
      IncidentBuilder(
        scene: scene, score: score, affected: affected, findings: findings, tracks: tracks,
        bundleID: bundleID
      ).incidents()
    alerts = AlertFiring.alerts(in: scene)
    visibility = Visibility(
      requests: Self.share(judgedBy: SLOBurn.name, tracks),
      availability: Self.share(judgedBy: PodUnavailable.name, tracks),
      logs: Self.share(judgedBy: ErrorLogs.name, tracks))
  }

  private static func ordered(_ findings: [Finding]) -> [Finding] {
    var seen: Set<String> = []
    return findings.sorted { left, right in
      left.interval.start == right.interval.start
        ? left.id < right.id : left.interval.start < right.interval.start
    }.filter { seen.insert($0.id).inserted }
  }

  /// The mean over entities that a detector judged at all of the share of steps it judged.
  private static func share(judgedBy detector: String, _ tracks: [SignalTrack]) -> Double {
    let shares = tracks.filter { $0.detector == detector }.map { track in
      Double(track.strengths.count { $0 != nil }) / Double(max(1, track.strengths.count))
    }.filter { $0 > 0 }
    return shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
  }
}

/// What one detector found, and which part of the score it feeds.
struct DetectorOutput {
  let component: String?
  let result: DetectorResult

  init(_ type: any Detector.Type, _ scene: ReplayScene) {
    component = type.component
    result = type.init().examine(scene)
  }
}
