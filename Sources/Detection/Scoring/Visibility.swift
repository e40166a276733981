import Policies
import Telemetry

/// How much of the window could be judged, for the question whether nothing happened.
///
/// - Source: `facts/reasoning.md` d.3: "no incident found" needs coverage of at least 80 %.
public struct Visibility: Hashable, Sendable {
  /// The share of steps at which error budgets could be judged, averaged over services that have
  /// one, in 0...1.
  public let requests: Double
  /// The share of steps at which replicas could be counted, averaged over workloads, in 0...1.
  public let availability: Double
  /// The share of steps at which error logs could be judged, averaged over services, in 0...1.
  public let logs: Double

  /// The share of a window that must have been seen.
  public static let required = 0.8

  /// Makes a statement of shares in 0...1.
  public init(requests: Double, availability: Double, logs: Double) {
    self.requests = requests
    self.availability = availability
    self.logs = logs
  }

  /// Whether the bundle shows what users felt for so much of the window that the absence of an
  /// incident is a result: requests, or where none are counted at all both availability and logs.
  /// Requests that stopped being counted, or stopped, are a reason to doubt and not to look away.
  public var canRuleOutIncident: Bool {
    requests > 0
      ? requests >= Self.required : availability >= Self.required && logs >= Self.required
  }
}
