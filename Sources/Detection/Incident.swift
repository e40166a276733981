import Telemetry

/// An interval in which the score says that something was wrong.
public struct Incident: Hashable, Sendable {
  /// `INC-` and 8 hexadecimal digits of the digest of bundle, start and services.
  public let id: String
  /// When the earliest member finding began.
  public let startedAt: Timestamp
  /// When data up to then was first enough to say so.
  public let detectedAt: Timestamp
  /// When the score was highest.
  public let peakAt: Timestamp
  /// The highest score.
  public let peakScore: Double
  /// When nothing affected a service any more, or nil when the data ended first.
  public let endedAt: Timestamp?
  /// How bad it was.
  public let severity: Severity
  /// Affected services, worst first.
  public let services: [String]
  /// Member findings, in order of their start and id.
  public let findings: [String]

  /// Makes an incident.
  public init(
    id: String, startedAt: Timestamp, detectedAt: Timestamp, peakAt: Timestamp, peakScore: Double,
    endedAt: Timestamp?, severity: Severity, services: [String], findings: [String]
  ) {
    self.id = id
    self.startedAt = startedAt
    self.detectedAt = detectedAt
    self.peakAt = peakAt
    self.peakScore = peakScore
    self.endedAt = endedAt
    self.severity = severity
    self.services = services
    self.findings = findings
  }
}

/// How bad an incident was.
public enum Severity: String, Hashable, Sendable, CaseIterable {
  case critical, major, minor
}
