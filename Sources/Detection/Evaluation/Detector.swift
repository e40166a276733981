import Telemetry

/// A rule that turns observations into findings.
///
/// All detectors keep one contract, which a shared test suite checks:
/// - **Causal.** The strength at step t is a function of data at or before t, and so are a
///   finding's start and `knownAt`. Cutting off the future changes nothing before the cut.
/// - **Three outcomes.** What cannot be judged is nil, never 0 and never a finding.
/// - **Quiet on nothing.** No data, one sample, a level that never changes and NaN are never
///   anomalous. States that say themselves that something is broken, such as
///   `CrashLoopBackOff`, are facts and not levels.
/// - **Order.** Shuffled input gives the same answer.
public protocol Detector: Sendable {
  /// The name in reports and policies, such as `slo-burn`.
  static var name: String { get }
  /// The part of the score that it feeds, or nil when it feeds none.
  static var component: String? { get }
  /// Makes the detector; its settings come with the scene.
  init()
  /// Evaluates every step of the replay.
  func examine(_ scene: ReplayScene) -> DetectorResult
}

/// Everything that one detector has to say about one replay.
public struct DetectorResult: Sendable {
  /// Its claims, in any order.
  public let findings: [Finding]
  /// Its answer for the whole window.
  public let outcome: DetectorOutcome
  /// How strong its claims were at every step.
  public let tracks: [SignalTrack]
  /// For every step whether it could judge at all; all false when its source is missing.
  public let isEvaluable: [Bool]

  /// Makes a result.
  public init(
    findings: [Finding], outcome: DetectorOutcome, tracks: [SignalTrack], isEvaluable: [Bool]
  ) {
    self.findings = findings
    self.outcome = outcome
    self.tracks = tracks
    self.isEvaluable = isEvaluable
  }
}

/// How strong one detector's claim about one entity was at every step.
public struct SignalTrack: Sendable {
  /// The detector's name.
  public let detector: String
  /// The part of the score that it feeds, or nil.
  public let component: String?
  /// What the claim is about.
  public let entity: Entity
  /// The service that the entity belongs to, or nil.
  public let service: String?
  /// The strength at every step in 0...1; nil where it could not be judged.
  public let strengths: [Double?]
  /// Which finding stands behind which steps; steps do not overlap.
  public let spans: [FindingSpan]

  /// Makes a track.
  public init(
    detector: String, component: String?, entity: Entity, service: String?,
    strengths: [Double?], spans: [FindingSpan]
  ) {
    self.detector = detector
    self.component = component
    self.entity = entity
    self.service = service
    self.strengths = strengths
    self.spans = spans
  }

  /// The finding that stands behind the claim at `step`, or nil.
  public func finding(at step: Int) -> String? {
    spans.first { $0.steps.contains(step) }?.finding
  }
}

/// The steps at which a finding held.
public struct FindingSpan: Hashable, Sendable {
  /// The finding's id.
  public let finding: String
  /// The steps, from the one at which it was first known.
  public let steps: Range<Int>

  /// Makes a span.
  public init(finding: String, steps: Range<Int>) {
    self.finding = finding
    self.steps = steps
  }
}
