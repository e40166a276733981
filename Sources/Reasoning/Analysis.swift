import Detection
import Telemetry

/// Everything the analyzer concluded from one bundle; the only thing that reports are made of.
public struct Analysis: Sendable {
  /// Which bundle it is about.
  public let bundle: BundleIdentity
  /// What the bundle covers and what it does not.
  public let coverage: Coverage
  /// The answer.
  public let verdict: Verdict
  /// Why the verdict is what it is, in one sentence.
  public let verdictReason: String
  /// The score over time.
  public let score: ScoreTimeline
  /// Incidents with their hypotheses, in order of their start.
  public let incidents: [ExplainedIncident]
  /// All findings, in order of start and id.
  public let findings: [Finding]
  /// What happened when, in order of time; starts before the incident.
  public let chronicle: [ChronicleEntry]
  /// What every detector had to say, in order of name.
  public let detectors: [DetectorOutcome]
  /// Alerts that the bundle recorded, in order of first firing and name.
  public let alerts: [AlertRecord]
  /// Alerts of the policies' rule files that would have fired, in order of first firing and name.
  public var replayedAlerts: [ReplayedAlert] = []
  /// What the logs say that they did not say at the window's beginning, in order of time.
  public var newLogPatterns: [NewLogPattern] = []

  /// Makes an analysis.
  public init(
    bundle: BundleIdentity, coverage: Coverage, verdict: Verdict, verdictReason: String,
    score: ScoreTimeline, incidents: [ExplainedIncident], findings: [Finding],
    chronicle: [ChronicleEntry], detectors: [DetectorOutcome], alerts: [AlertRecord]
  ) {
    self.bundle = bundle
    self.coverage = coverage
    self.verdict = verdict
    self.verdictReason = verdictReason
    self.score = score
    self.incidents = incidents
    self.findings = findings
    self.chronicle = chronicle
    self.detectors = detectors
    self.alerts = alerts
  }
}

/// Which bundle an analysis is about, and with what it was analyzed.
public struct BundleIdentity: Hashable, Sendable {
  /// `sha256:…`.
  public let id: String
  /// The captured window.
  public let window: TimeRange
  /// Where the replay stopped: the window's end, or `--as-of`.
  public let replayedTo: Timestamp
  /// The digest of all policy files used.
  public let policyDigest: String
  /// One line a source, such as `prometheus 2.53.3, scraped every 15s`.
  public let sources: [String]
  /// The incident's time zone for display, when the bundle names one.
  public let displayTimeZone: String?
  /// How many values redaction replaced in the bundle; nil when it was not redacted.
  public let redactedValues: Int?

  /// Makes an identity.
  public init(
    id: String, window: TimeRange, replayedTo: Timestamp, policyDigest: String, sources: [String],
    displayTimeZone: String?, redactedValues: Int? = 0
  ) {
    self.id = id
    self.window = window
    self.replayedTo = replayedTo
    self.policyDigest = policyDigest
    self.sources = sources
    self.displayTimeZone = displayTimeZone
    self.redactedValues = redactedValues
  }
}

/// What a bundle covers.
public struct Coverage: Hashable, Sendable {
  /// How much of what was asked for is there.
  public let verdict: CoverageVerdict
  /// Everything that is missing, sorted.
  public let gaps: [CoverageGap]

  /// Makes a coverage statement.
  public init(verdict: CoverageVerdict, gaps: [CoverageGap]) {
    self.verdict = verdict
    self.gaps = gaps
  }
}

/// The answer to "was there an incident".
public enum Verdict: String, Hashable, Sendable {
  case incident
  case noIncident = "no-incident"
  case inconclusive
}

/// An incident with its possible causes.
public struct ExplainedIncident: Hashable, Sendable {
  /// The incident.
  public let incident: Incident
  /// Possible causes, best first; never empty.
  public let hypotheses: [Hypothesis]

  /// Makes an explained incident.
  public init(incident: Incident, hypotheses: [Hypothesis]) {
    self.incident = incident
    self.hypotheses = hypotheses
  }
}

/// A possible cause of an incident.
public struct Hypothesis: Hashable, Sendable {
  /// 1 for the best.
  public let rank: Int
  /// How much the evidence supports it.
  public let label: HypothesisLabel
  /// What is blamed.
  public let entity: Entity
  /// The service the entity belongs to, or nil.
  public let service: String?
  /// A name from `policies/causes.json`.
  public let cause: String
  /// How sure, in 0...1; not calibrated.
  public let confidence: Double
  /// Why it stands where it stands, in one or two sentences.
  public let reason: String
  /// Findings that support it, sorted by weight.
  public let supporting: [String]
  /// Findings that speak against it.
  public let contradicting: [String]
  /// Expected evidence that is not there, in words.
  public let missing: [String]
  /// Read-only checks that would tell more.
  public let nextChecks: [String]

  /// Makes a hypothesis.
  public init(
    rank: Int, label: HypothesisLabel, entity: Entity, service: String?, cause: String,
    confidence: Double, reason: String, supporting: [String], contradicting: [String],
    missing: [String], nextChecks: [String]
  ) {
    self.rank = rank
    self.label = label
    self.entity = entity
    self.service = service
    self.cause = cause
    self.confidence = confidence
    self.reason = reason
    self.supporting = supporting
    self.contradicting = contradicting
    self.missing = missing
    self.nextChecks = nextChecks
  }
}

/// How much the evidence supports a hypothesis.
public enum HypothesisLabel: String, Hashable, Sendable {
  case confirmed, likely, possible, inconclusive
}

/// One line of what happened when.
public struct ChronicleEntry: Hashable, Sendable {
  /// When it happened or could first be known.
  public let time: Timestamp
  /// What sort of line it is.
  public let kind: ChronicleKind
  /// What happened.
  public let text: String
  /// The findings behind it; empty only for the window's own marks.
  public let evidence: [String]

  /// Makes an entry.
  public init(time: Timestamp, kind: ChronicleKind, text: String, evidence: [String]) {
    self.time = time
    self.kind = kind
    self.text = text
    self.evidence = evidence
  }
}

/// The sorts of line in a chronicle.
public enum ChronicleKind: String, Hashable, Sendable {
  /// A change: rollout, scaling, configuration.
  case change
  /// A finding began or ended.
  case finding
  /// The incident began, was detected, peaked or ended.
  case incident
  /// A recorded alert fired or stopped.
  case alert
}

/// An alert that fired.
public struct AlertRecord: Hashable, Sendable {
  /// The alert's name.
  public let name: String
  /// What distinguishes it from others of the name, such as `service=cart`.
  public let labels: LabelSet
  /// When it first fired.
  public let firstFired: Timestamp
  /// When it last was firing.
  public let lastFiring: Timestamp
  /// Its `severity` label; empty when it has none.
  public let severity: String
  /// The finding that cites it.
  public let evidence: String

  /// Makes a record.
  public init(
    name: String, labels: LabelSet, firstFired: Timestamp, lastFiring: Timestamp,
    severity: String, evidence: String
  ) {
    self.name = name
    self.labels = labels
    self.firstFired = firstFired
    self.lastFiring = lastFiring
    self.severity = severity
    self.evidence = evidence
  }
}
