import Canonical
import Detection
import Reasoning
import Telemetry

/// `analysis.json`: everything the analysis concluded, for scripts; schema `oncall.analysis/1`.
///
/// Keys come in a fixed order and are all present; what is not known is null or empty.
struct AnalysisJSONFormat: ReportFormat {
  let fileName = "analysis.json"

  func bytes(of analysis: Analysis) -> [UInt8] {
    JSONText.document(Self.document(analysis))
  }

  private static func document(_ analysis: Analysis) -> JSONValue {
    .object([
      "schema": .string("oncall.analysis/1"),
      "tool": JSONText.tool,
      "bundle": bundle(analysis.bundle),
      "coverage": coverage(analysis.coverage),
      "verdict": .string(analysis.verdict.rawValue),
      "verdictReason": .string(analysis.verdictReason),
      "score": score(analysis.score),
      "incidents": .array(analysis.incidents.map(incident)),
      "findings": .array(analysis.findings.map(finding)),
      "logPatterns": .object(["new": .array(analysis.newLogPatterns.map(newLogPattern))]),
      "alerts": .array(
        analysis.alerts.map(alert) + analysis.replayedAlerts.map(replayedAlert)),
      "owners": .array([]),
      "similarIncidents": .array([]),
      "detectors": .array(analysis.detectors.map(detector)),
      "chronicle": .array(analysis.chronicle.map(JSONText.chronicleEntry)),
    ])
  }

  private static func bundle(_ bundle: BundleIdentity) -> JSONValue {
    .object([
      "id": .string(bundle.id),
      "window": JSONText.interval(bundle.window),
      "replayedTo": .time(bundle.replayedTo),
      "policies": .string(bundle.policyDigest),
      "sources": .array(bundle.sources.map(JSONValue.string)),
      "displayTimeZone": JSONText.optional(bundle.displayTimeZone),
      "redaction": .object([
        "applied": .bool(bundle.redactedValues != nil),
        "replaced": .number(bundle.redactedValues ?? 0),
      ]),
    ])
  }

  private static func newLogPattern(_ pattern: NewLogPattern) -> JSONValue {
    .object([
      "id": .string(pattern.id),
      "template": .string(pattern.template),
      "count": .number(pattern.count),
      "firstSeen": .time(pattern.firstSeen),
      "services": .array(pattern.services.map(JSONValue.string)),
      "example": .string(pattern.example),
      "suspicious": .bool(pattern.isSuspicious),
    ])
  }

  private static func coverage(_ coverage: Coverage) -> JSONValue {
    .object([
      "verdict": .string(coverage.verdict.rawValue),
      "gaps": .array(coverage.gaps.map(JSONText.gap)),
    ])
  }

  private static func score(_ score: ScoreTimeline) -> JSONValue {
    let peak = score.peak
    return .object([
      "peak": JSONText.score(peak?.score),
      "peakAt": JSONText.time(peak?.time),
      "low": JSONText.score(peak?.low),
      "high": JSONText.score(peak?.high),
      "model": .string(score.model),
      "step": .string(Canonical.text(score.step)),
    ])
  }

  private static func incident(_ explained: ExplainedIncident) -> JSONValue {
    let incident = explained.incident
    return .object([
      "id": .string(incident.id),
      "startedAt": .time(incident.startedAt),
      "detectedAt": .time(incident.detectedAt),
      "peakAt": .time(incident.peakAt),
      "endedAt": JSONText.time(incident.endedAt),
      "severity": .string(incident.severity.rawValue),
      "peakScore": JSONText.score(incident.peakScore),
      "services": .array(incident.services.map(JSONValue.string)),
      "findings": .array(incident.findings.map(JSONValue.string)),
      "hypotheses": .array(explained.hypotheses.map(hypothesis)),
    ])
  }

  private static func hypothesis(_ hypothesis: Hypothesis) -> JSONValue {
    .object([
      "rank": .number(hypothesis.rank),
      "label": .string(hypothesis.label.rawValue),
      "entity": entity(hypothesis.entity),
      "service": JSONText.optional(hypothesis.service),
      "cause": .string(hypothesis.cause),
      "confidence": .number(Canonical.rounded(hypothesis.confidence, decimals: 2)),
      "calibrated": .bool(false),
      "reason": .string(hypothesis.reason),
      "for": .array(hypothesis.supporting.map(JSONValue.string)),
      "against": .array(hypothesis.contradicting.map(JSONValue.string)),
      "missing": .array(hypothesis.missing.map(JSONValue.string)),
      "runbooks": .array([]),
      "nextChecks": .array(hypothesis.nextChecks.map(JSONValue.string)),
      "rollback": .array([]),
    ])
  }

  private static func finding(_ finding: Finding) -> JSONValue {
    .object([
      "id": .string(finding.id),
      "detector": .string(finding.detector),
      "kind": .string(finding.kind.rawValue),
      "entity": entity(finding.entity),
      "service": JSONText.optional(finding.service),
      "from": .time(finding.interval.start),
      "to": .time(finding.interval.end),
      "knownAt": .time(finding.knownAt),
      "isOpen": .bool(finding.isOpen),
      "value": .number(finding.value),
      "baseline": finding.baseline.map { .number($0) } ?? .null,
      "unit": .string(finding.unit),
      "strength": .number(Canonical.rounded(finding.strength, decimals: 3)),
      "locator": .string("\(finding.locator.path) \(finding.locator.detail)"),
      "text": .string(finding.text),
    ])
  }

  private static func entity(_ entity: Entity) -> JSONValue {
    .object([
      "kind": .string(entity.kind.rawValue),
      "namespace": .string(entity.namespace),
      "name": .string(entity.name),
    ])
  }

  private static func alert(_ alert: AlertRecord) -> JSONValue {
    .object([
      "name": .string(alert.name),
      "firstPending": .null,
      "firstFired": .time(alert.firstFired),
      "lastFiring": .time(alert.lastFiring),
      "resolved": .null,
      "severity": .string(alert.severity),
      "source": .string("recorded"),
      "labels": JSONText.labels(alert.labels),
      "evidence": .string(alert.evidence),
    ])
  }

  /// An alert of the policies' rules; it cites a rule group where a recorded one cites a finding.
  private static func replayedAlert(_ alert: ReplayedAlert) -> JSONValue {
    .object([
      "name": .string(alert.name),
      "firstPending": .time(alert.firstPending),
      "firstFired": .time(alert.firstFired),
      "lastFiring": .null,
      "resolved": JSONText.time(alert.resolved),
      "severity": .string(alert.severity),
      "source": .string("replayed"),
      "labels": JSONText.labels(alert.labels),
      "evidence": .string(alert.group),
      "firings": .number(alert.firings),
      "annotations": JSONText.labels(LabelSet(alert.annotations)),
    ])
  }

  private static func detector(_ outcome: DetectorOutcome) -> JSONValue {
    .object([
      "name": .string(outcome.detector),
      "state": .string(outcome.state.rawValue),
      "reason": .string(outcome.reason),
    ])
  }
}
