import Canonical
import Replay
import Telemetry

/// A claim in the making: everything of a finding but what follows from its run of steps.
struct FindingDraft {
  var kind: FindingKind
  var entity: Entity
  var service: String?
  /// When the condition began; nil for the time of the first step at which it held.
  var start: Timestamp?
  /// When it was at its worst; nil for the step of the highest strength.
  var peakAt: Timestamp?
  /// When it ended, if data told that later than it held: a rate stays high for as long as its
  /// window; nil for the first step at which it no longer held.
  var end: Timestamp?
  var value: Double
  var baseline: Double?
  var unit: String
  var locator: Locator
  var text: String
}

extension FindingDraft {
  /// The finding of a claim that held over `run`.
  func finding(
    by detector: String, over run: Range<Int>, peak: Int, strength: Double, clock: ReplayClock
  ) -> Finding {
    let known = clock[run.lowerBound]
    let start = min(start ?? known, known)
    let isOpen = run.upperBound == clock.count
    let end = isOpen ? clock.end : min(end ?? clock[run.upperBound], clock.end)
    return Finding(
      id: Finding.id(detector: detector, entity: entity, locator: locator, start: start),
      detector: detector, kind: kind, entity: entity, service: service,
      interval: TimeRange(start: start, end: end), knownAt: known, peakAt: peakAt ?? clock[peak],
      isOpen: isOpen, value: value, baseline: baseline, unit: unit, strength: strength,
      locator: locator, text: text)
  }
}

extension Finding {
  /// `E-` and the first 8 hexadecimal digits of the digest of detector, entity, locator and start.
  static func id(detector: String, entity: Entity, locator: Locator, start: Timestamp) -> String {
    let parts = [
      detector, entity.kind.rawValue, entity.namespace, entity.name, locator.path, locator.detail,
      String(start.nanoseconds),
    ]
    return "E-" + ContentDigest(of: parts.joined(separator: "\u{1F}")).hex.prefix(8)
  }
}

/// Builds what a detector returns: a track per entity, with one finding per run of steps.
struct ResultBuilder {
  private let detector: String
  private let component: String?
  private let clock: ReplayClock
  private var findings: [Finding] = []
  private var tracks: [SignalTrack] = []

  init<Claimant: Detector>(_ type: Claimant.Type, _ clock: ReplayClock) {
    detector = type.name
    component = type.component
    self.clock = clock
  }

  /// Adds the strengths of one entity; `draft` describes one run, whose peak step it is given.
  ///
  /// - Parameter claims: Strengths that are worth a finding; all above 0 when left out.
  mutating func add(
    entity: Entity, service: String?, strengths: [Double?], claims: [Double?]? = nil,
    joining gap: Int = 0, draft: (_ run: Range<Int>, _ peak: Int) -> FindingDraft
  ) {
    var spans: [FindingSpan] = []
    for run in StrengthRuns.runs(of: claims ?? strengths, joining: gap) {
      let peak = StrengthRuns.peak(of: strengths, in: run)
      let finding = draft(run, peak).finding(
        by: detector, over: run, peak: peak, strength: strengths[peak] ?? 0, clock: clock)
      findings.append(finding)
      spans.append(FindingSpan(finding: finding.id, steps: run))
    }
    tracks.append(
      SignalTrack(
        detector: detector, component: component, entity: entity, service: service,
        strengths: strengths, spans: spans))
  }

  /// The result; `missing` says in words what was not there when nothing could be judged.
  func result(isEvaluable: [Bool], read: String, missing: String) -> DetectorResult {
    let state: DetectorState =
      !isEvaluable.contains(true) ? .insufficientData : findings.isEmpty ? .normal : .anomalous
    let reason = state == .insufficientData ? missing : read
    return DetectorResult(
      findings: findings,
      outcome: DetectorOutcome(detector: detector, state: state, reason: reason),
      tracks: tracks, isEvaluable: isEvaluable)
  }

  /// The result of a detector that could judge at all steps, or at none.
  func result(hasData: Bool, read: String, missing: String) -> DetectorResult {
    result(
      isEvaluable: Array(repeating: hasData, count: clock.count), read: read, missing: missing)
  }
}
