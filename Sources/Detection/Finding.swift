import Telemetry

/// A detector's claim about one entity and interval, and where in the bundle its evidence stands.
///
/// Findings are the evidence ledger: every number in a report is a field of one of them.
public struct Finding: Hashable, Sendable {
  /// `E-` and the first 8 hexadecimal digits of the digest of detector, entity, locator and start.
  public let id: String
  /// The detector's name, such as `slo-burn`.
  public let detector: String
  /// What sort of fact it is.
  public let kind: FindingKind
  /// What it is about.
  public let entity: Entity
  /// The service that the entity belongs to, or nil when none is known.
  public let service: String?
  /// When the condition held, as far as the data up to the replay's end shows.
  public let interval: TimeRange
  /// The earliest time at which the data up to then supported the claim; never before
  /// `interval.start`.
  public let knownAt: Timestamp
  /// When the condition was at its worst, which `value` and `text` tell of.
  public let peakAt: Timestamp
  /// Whether the condition still held when the replay ended.
  public let isOpen: Bool
  /// The measured value, in `unit`; the worst one when it varied.
  public let value: Double
  /// What the value was, or should be, without the problem; nil when there is no such number.
  public let baseline: Double?
  /// The unit of both numbers, such as `burn rate`, `restarts`, `lines/min`.
  public let unit: String
  /// How bad it is on its own, in 0...1, in the scale of the score component it feeds.
  public let strength: Double
  /// The bundle entry, and the query, series or line inside it.
  public let locator: Locator
  /// One sentence for people, with its numbers in it.
  public let text: String

  /// Makes a finding; one that has no worst moment of its own is at its worst when it starts.
  public init(
    id: String, detector: String, kind: FindingKind, entity: Entity, service: String?,
    interval: TimeRange, knownAt: Timestamp, peakAt: Timestamp? = nil, isOpen: Bool,
    value: Double, baseline: Double?, unit: String, strength: Double, locator: Locator,
    text: String
  ) {
    self.id = id
    self.detector = detector
    self.kind = kind
    self.entity = entity
    self.service = service
    self.interval = interval
    self.knownAt = knownAt
    self.peakAt = peakAt ?? interval.start
    self.isOpen = isOpen
    self.value = value
    self.baseline = baseline
    self.unit = unit
    self.strength = strength
    self.locator = locator
    self.text = text
  }
}

/// The sorts of fact, after the SAAFE taxonomy.
public enum FindingKind: String, Hashable, Sendable, CaseIterable {
  /// A limit is near or reached.
  case saturation
  /// Something was changed.
  case amend
  /// A value is unlike its history.
  case anomaly
  /// Something stopped working.
  case failure
  /// Requests fail.
  case error
}

/// Where a piece of evidence stands in the bundle.
public struct Locator: Hashable, Sendable {
  /// The bundle entry.
  public let path: String
  /// The query, series, object or event inside it.
  public let detail: String

  /// Makes a locator.
  public init(path: String, detail: String) {
    self.path = path
    self.detail = detail
  }
}

/// What a detector has to say about one bundle as a whole: one of three outcomes, never two.
public struct DetectorOutcome: Hashable, Sendable {
  /// The detector's name.
  public let detector: String
  /// The outcome.
  public let state: DetectorState
  /// Why, in words: what it read, what was missing.
  public let reason: String

  /// Makes an outcome.
  public init(detector: String, state: DetectorState, reason: String) {
    self.detector = detector
    self.state = state
    self.reason = reason
  }
}

/// The three outcomes of detection.
public enum DetectorState: String, Hashable, Sendable {
  case normal, anomalous
  case insufficientData = "insufficient-data"
}
