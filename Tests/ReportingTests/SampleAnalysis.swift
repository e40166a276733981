import Detection
import Reasoning
import Telemetry

/// Analyses written out by hand, small enough to be read and checked against the goldens.
enum SampleAnalysis {
  /// 2026-03-01T10:00:00Z plus `minutes`.
  static func at(_ minutes: Int64, _ seconds: Int64 = 0) -> Timestamp {
    Timestamp(seconds: 1_772_359_200 + minutes * 60 + seconds)
  }

  static let window = TimeRange(start: at(0), end: at(40))

  /// A memory leak after a rollout: two services, eight findings, one alert, two gaps.
  static let incident = Analysis(
    bundle: identity,
    coverage: Coverage(verdict: .partial, gaps: gaps),
    verdict: .incident,
    verdictReason: "The score stayed at or above 40 for 18 minutes.",
    score: score(peakMinute: 16, height: 88.54, missingLogs: true),
    incidents: [ExplainedIncident(incident: explained, hypotheses: [leak, rollout])],
    findings: findings,
    chronicle: chronicle,
    detectors: detectors,
    alerts: [
      AlertRecord(
        name: "CheckoutErrorBudgetBurn",
        labels: LabelSet([
          "alertname": "CheckoutErrorBudgetBurn", "service": "checkout", "severity": "page",
        ]),
        firstFired: at(15), lastFiring: at(29), severity: "page", evidence: "E-00000006")
    ])

  /// One benign restart and a low score.
  static let quiet = Analysis(
    bundle: identity,
    coverage: Coverage(verdict: .complete, gaps: [gaps[1]]),
    verdict: .noIncident,
    verdictReason: "The score never reached 40 for three steps in a row.",
    score: score(peakMinute: 20, height: 12.25, missingLogs: false),
    incidents: [],
    findings: [findings[2]],
    chronicle: [chronicle[3]],
    detectors: detectors,
    alerts: [])

  /// No request counters at all, so that nothing can be said about users.
  static let blind = Analysis(
    bundle: identity,
    coverage: Coverage(verdict: .insufficient, gaps: gaps),
    verdict: .inconclusive,
    verdictReason: "No request counters: whether users were hurt cannot be told.",
    score: ScoreTimeline(
      model: "score-model v1", step: .seconds(60), components: components, points: []),
    incidents: [], findings: [], chronicle: [], detectors: detectors, alerts: [])

  static let identity = BundleIdentity(
    id: "sha256:" + String(repeating: "ab", count: 32),
    window: window, replayedTo: window.end,
    policyDigest: "sha256:" + String(repeating: "cd", count: 32),
    sources: ["prometheus 2.53.3, scraped every 15s", "kubernetes, events since 09:40:00Z"],
    displayTimeZone: "Asia/Kolkata")

  static let gaps = [
    CoverageGap(
      source: .loki, subject: "{namespace=\"shop\"} |= \"error\"",
      range: TimeRange(start: at(10), end: at(12)), code: .capped,
      detail: "Stopped at 5000 lines; capture a smaller range.", losesEvidence: true),
    CoverageGap(
      source: .kubernetes, subject: "kubernetes/pods.txt", code: .textTable,
      detail: "The same pods are in kubernetes/pods.json.", losesEvidence: false),
  ]

  static let detectors = [
    DetectorOutcome(
      detector: "container-restarts", state: .anomalous, reason: "Read 24 restart counters."),
    DetectorOutcome(
      detector: "error-log-rate", state: .insufficientData, reason: "The bundle has no log lines."),
    DetectorOutcome(
      detector: "node-conditions", state: .normal, reason: "3 nodes, all ready throughout."),
  ]

  private static let payments = Entity(kind: .service, namespace: "shop", name: "payments")
  private static let checkout = Entity(kind: .service, namespace: "shop", name: "checkout")
  private static let pod = Entity(kind: .pod, namespace: "shop", name: "payments-6lz-9rs9t")

  static let findings = [
    finding(
      1, "rollout", .amend, Entity(kind: .deployment, namespace: "shop", name: "payments"),
      "payments", 4, 4, value: 1, baseline: nil, "changes", 0.1,
      "Deployment payments began a rollout to payments:2.14.0."),
    finding(
      2, "memory-limit", .saturation, pod, "payments", 8, 13, value: 536_870_912,
      baseline: 262_144_000, "bytes", 0.7,
      "payments-6lz-9rs9t used 512 MiB of a limit of 512 MiB."),
    finding(
      3, "container-restarts", .failure, pod, "payments", 12, 26, value: 4, baseline: 0,
      "restarts", 0.8, "payments-6lz-9rs9t restarted 4 times; last exit OOMKilled, code 137."),
    finding(
      4, "slo-burn", .error, checkout, "checkout", 13, 27, value: 24.06, baseline: 0.31,
      "burn rate", 0.85, "checkout burned its error budget 24.1 times as fast as allowed."),
    finding(
      5, "slo-burn", .error, payments, "payments", 13, 28, value: 61.4, baseline: 0.2,
      "burn rate", 0.93, "payments burned its error budget 61.4 times as fast as allowed."),
    finding(
      6, "recorded-alerts", .error, checkout, "checkout", 15, 29, value: 1, baseline: nil,
      "alerts", 0.3, "Alert CheckoutErrorBudgetBurn fired."),
  ]

  private static func finding(
    _ number: Int, _ detector: String, _ kind: FindingKind, _ entity: Entity, _ service: String,
    _ start: Int64, _ end: Int64, value: Double, baseline: Double?, _ unit: String,
    _ strength: Double, _ text: String
  ) -> Finding {
    Finding(
      id: "E-0000000\(number)", detector: detector, kind: kind, entity: entity, service: service,
      interval: TimeRange(start: at(start), end: at(end)), knownAt: at(start, 30), isOpen: false,
      value: value, baseline: baseline, unit: unit, strength: strength,
      locator: Locator(path: "metrics/0001-\(detector).json", detail: "{service=\"\(service)\"}"),
      text: text)
  }

  private static let explained = Incident(
    id: "INC-1a2b3c4d", startedAt: at(8), detectedAt: at(13), peakAt: at(16), peakScore: 88.54,
    endedAt: at(30), severity: .critical, services: ["payments", "checkout"],
    findings: ["E-00000002", "E-00000003", "E-00000004", "E-00000005", "E-00000006"])

  private static let leak = Hypothesis(
    rank: 1, label: .possible, entity: payments, service: "payments", cause: "memory-leak-oom",
    confidence: 0.62,
    reason: "Its container reached the memory limit 4m before the first failed request.",
    supporting: ["E-00000002", "E-00000003", "E-00000005"], contradicting: [],
    missing: ["heap metrics of payments"],
    nextChecks: ["Compare the working set of the old and the new image at the same age."])

  private static let rollout = Hypothesis(
    rank: 2, label: .inconclusive, entity: payments, service: "payments", cause: "bad-deploy",
    confidence: 0.4, reason: "A rollout began 4m before the first evidence.",
    supporting: ["E-00000001"], contradicting: ["E-00000002"], missing: [], nextChecks: [])

  static let chronicle = [
    ChronicleEntry(
      time: at(4), kind: .change, text: "payments: rollout to payments:2.14.0",
      evidence: ["E-00000001"]),
    ChronicleEntry(
      time: at(8), kind: .incident, text: "Incident INC-1a2b3c4d begins", evidence: ["E-00000002"]),
    ChronicleEntry(
      time: at(8), kind: .finding, text: "payments-6lz-9rs9t nears its memory limit",
      evidence: ["E-00000002"]),
    ChronicleEntry(
      time: at(12), kind: .finding, text: "payments-6lz-9rs9t restarts", evidence: ["E-00000003"]),
    ChronicleEntry(
      time: at(15), kind: .alert, text: "CheckoutErrorBudgetBurn fires", evidence: ["E-00000006"]),
    ChronicleEntry(
      time: at(30), kind: .incident, text: "Incident INC-1a2b3c4d ends", evidence: ["E-00000004"]),
  ]

  static let components = [
    ScoreComponent(name: "slo", weight: 0.9), ScoreComponent(name: "availability", weight: 0.7),
    ScoreComponent(name: "reach", weight: 0.5), ScoreComponent(name: "logs", weight: 0.35),
    ScoreComponent(name: "events", weight: 0.3), ScoreComponent(name: "resource", weight: 0.25),
  ]

  /// A triangle from minute 8 to minute 30 with the given peak; contributions are made up.
  static func score(peakMinute: Int64, height: Double, missingLogs: Bool) -> ScoreTimeline {
    let points = (0...40).map { minute -> ScorePoint in
      let distance = Double(abs(Int64(minute) - peakMinute))
      let score = max(0, height * (1 - distance / 14))
      let parts = [0.6, 0.2, 0.1, 0, 0.05, 0.05].enumerated().map { index, share in
        let isMissing = missingLogs && index == 3
        return ScorePart(
          value: isMissing ? nil : share, contribution: isMissing ? 0 : score * share,
          evidence: share >= 0.1 && score > 0 ? ["E-00000003"] : [])
      }
      return ScorePoint(
        time: at(Int64(minute)), score: score, low: score,
        high: missingLogs ? score + (100 - score) * 0.35 : score, parts: parts)
    }
    return ScoreTimeline(
      model: "score-model v1", step: .seconds(60), components: components, points: points,
      levels: [ScoreLevel(name: "incident", score: 40), ScoreLevel(name: "critical", score: 75)])
  }
}
