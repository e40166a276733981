import Telemetry

/// What the analysis of a recorded incident must find; the file of `verify --expect`.
///
/// Only what is written is expected.
public struct Expectations: Hashable, Sendable {
  /// `incident`, `no-incident` or `inconclusive`.
  public var verdict: String?
  /// About one incident, and the score of the whole window.
  public var incident: IncidentExpectation?
  /// About the causes of that incident.
  public var hypothesis: HypothesisExpectation?
  /// Parts of templates or examples that must stand among the new log patterns.
  public var newLogPatterns: [String] = []
  /// Alerts that must have fired.
  public var alerts: [AlertExpectation] = []
  /// Parts of sentences that findings must state.
  public var states: [String] = []

  /// When the incident must have been and how high the score.
  public struct IncidentExpectation: Hashable, Sendable {
    /// The first and the last moment at which an incident may start, both included.
    public var startsWithin: ClosedRange<Timestamp>?
    /// The last moment at which it may be detected.
    public var detectedBefore: Timestamp?
    /// The first and the last moment at which it may end, both included.
    public var endsWithin: ClosedRange<Timestamp>?
    /// The least peak of the score, 0...100.
    public var peakScoreAtLeast: Double?
    /// The greatest peak of the score, 0...100.
    public var peakScoreAtMost: Double?
  }

  /// What must stand among the first hypotheses of an incident.
  public struct HypothesisExpectation: Hashable, Sendable {
    /// A service.
    public var serviceInTop: Ranked?
    /// A cause.
    public var causeInTop: Ranked?

    /// A name and how far down it may stand.
    public struct Ranked: Hashable, Sendable {
      /// The name.
      public var name: String
      /// The lowest rank that is good enough, at least 1.
      public var k: Int
    }
  }

  /// An alert that must have fired.
  public struct AlertExpectation: Hashable, Sendable {
    /// The alert's name.
    public var name: String
    /// The last moment for its first firing, or nil for any.
    public var firedBy: Timestamp?
  }
}
