import Telemetry

/// A template of log lines that the beginning of the window does not have.
public struct NewLogPattern: Hashable, Sendable {
  /// The digest of the template.
  public let id: String
  /// The text with `<*>` for values.
  public let template: String
  /// How often it was seen.
  public let count: Int
  /// When it was first seen.
  public let firstSeen: Timestamp
  /// The services that emit it, sorted.
  public let services: [String]
  /// Its first line, at most 1 KiB.
  public let example: String
  /// Whether it speaks of a failure rather than of news.
  public let isSuspicious: Bool

  /// Makes a pattern.
  public init(
    id: String, template: String, count: Int, firstSeen: Timestamp, services: [String],
    example: String, isSuspicious: Bool
  ) {
    self.id = id
    self.template = template
    self.count = count
    self.firstSeen = firstSeen
    self.services = services
    self.example = example
    self.isSuspicious = isSuspicious
  }
}
