import Telemetry

/// How often a pattern stands in two parts of a window: before and after an instant.
public struct PatternChange: Hashable, Sendable {
  /// What became of a pattern.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Absent before, and seen since.
    case new
    /// Seen before, and more often since.
    case rising
    /// Seen before, and less often or not at all since.
    case falling
    /// Seen about as often.
    case steady
  }

  /// What became of the pattern.
  public let kind: Kind
  /// Whether somebody who looks into an incident should read it.
  public let isSuspicious: Bool

  /// Makes a change.
  public init(kind: Kind, isSuspicious: Bool) {
    self.kind = kind
    self.isSuspicious = isSuspicious
  }
}
