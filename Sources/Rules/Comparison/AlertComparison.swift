import Telemetry

/// Replayed alerts beside those that a server recorded.
public struct AlertComparison: Sendable {
  /// What stands beside a replayed alert.
  public enum Match: Hashable, Sendable {
    /// The recorded firing begins and ends within the tolerance of the replayed.
    case agrees(FiringInterval)
    /// It overlaps, and its ends differ by these spans, recorded less replayed; nil for an end that
    /// is open on one side only.
    case differs(FiringInterval, start: TimeSpan, end: TimeSpan?)
    /// No recorded firing overlaps.
    case none
    /// The server had no alert of the name.
    case unknown
  }

  /// For each replayed alert, in order, what stands beside it; nil when it never fired.
  public let matches: [Match?]
  /// Recorded firings of replayed rules beside which no replayed alert stands.
  public let recordedOnly: [FiringInterval]

  /// Puts each replayed alert beside the first recorded firing of the same labels that overlaps it
  /// and stands beside no other.
  ///
  /// - Parameters:
  ///   - names: The alerts that were replayed; recorded firings of others are left out.
  ///   - known: The alerts that the server had, as far as its rules were recorded; those with
  ///     recorded firings are taken as known.
  ///   - tolerance: How far ends may lie apart.
  ///   - resolution: The time between two instants of the recording: what it shows at one may have
  ///     come any time after the one before.
  public init(
    of alerts: [AlertInstance], with recorded: [FiringInterval], names: Set<String>,
    known: Set<String> = [], tolerance: TimeSpan, resolution: TimeSpan = .zero
  ) {
    let allowed = Allowed(
      earliest: TimeSpan(nanoseconds: -tolerance.nanoseconds),
      latest: TimeSpan(nanoseconds: tolerance.nanoseconds + resolution.nanoseconds))
    let known = known.union(recorded.compactMap { $0.labels["alertname"] })
    var free = recorded.filter { names.contains($0.labels["alertname"] ?? "") }
    var matches: [Match?] = []
    for alert in alerts {
      guard let firing = alert.firingAt else {
        matches.append(nil)
        continue
      }
      guard known.contains(alert.name) else {
        matches.append(.unknown)
        continue
      }
      let index = free.firstIndex { interval in
        interval.labels == alert.labels
          && interval.start - allowed.latest <= alert.resolvedAt ?? interval.start
          && firing + allowed.earliest <= interval.end ?? firing
      }
      guard let index else {
        matches.append(Match.none)
        continue
      }
      matches.append(Self.match(alert, firing, with: free.remove(at: index), allowed))
    }
    self.matches = matches
    recordedOnly = free
  }

  /// How much later than replayed an end may be recorded.
  private struct Allowed {
    let earliest: TimeSpan
    let latest: TimeSpan

    func contains(_ shift: TimeSpan) -> Bool { earliest <= shift && shift <= latest }
  }

  private static func match(
    _ alert: AlertInstance, _ firing: Timestamp, with interval: FiringInterval, _ allowed: Allowed
  ) -> Match {
    let start = interval.start - firing
    let isOpen = interval.end == nil && alert.resolvedAt == nil
    let end: TimeSpan? = interval.end.flatMap { end in alert.resolvedAt.map { end - $0 } }
    let agrees = allowed.contains(start) && (isOpen || end.map(allowed.contains) ?? false)
    return agrees
      ? .agrees(interval) : .differs(interval, start: start, end: isOpen ? .zero : end)
  }
}
