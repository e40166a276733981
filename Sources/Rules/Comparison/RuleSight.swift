import PromQL
import Telemetry

/// What of a rule's data a recording does not hold: metrics, and the time before its window.
public struct RuleSight: Sendable {
  /// What one alert lacks.
  public struct Limit: Sendable {
    /// Metrics without series that its rule reads, itself or through recording rules; sorted.
    public var absentMetrics: [String] = []
    /// For how long after the window's start its state still depends on what came before.
    public var warmUp = TimeSpan.zero
  }

  /// By alert name; of several rules of a name the widest.
  public let limits: [String: Limit]

  /// Looks through rules.
  ///
  /// - Parameters:
  ///   - reach: How far back an expression looks.
  ///   - holds: Whether the recording has series of a metric.
  public init(
    of groups: [RuleGroup], reach: (Expression) -> TimeSpan, holds: (String) throws -> Bool
  ) rethrows {
    let rules = groups.flatMap(\.rules)
    let reads = rules.map { RuleReads($0.expression) }
    let written = Set(rules.map(\.name) + RuleReads.alertMetrics)
    var own: [Limit] = []
    for (rule, read) in zip(rules, reads) {
      let absent = try read.metricNames.filter { try !written.contains($0) && !holds($0) }
      own.append(Limit(absentMetrics: absent, warmUp: reach(rule.expression)))
    }
    let sources = reads.map { read in rules.indices.filter { read.mayRead(rules[$0]) } }
    var limits: [String: Limit] = [:]
    for (index, rule) in rules.enumerated() {
      guard case .alerting(let alert) = rule.kind else { continue }
      var limit = Self.whole(index, own, sources, visited: [])
      limit.warmUp = TimeSpan(nanoseconds: limit.warmUp.nanoseconds &+ alert.hold.nanoseconds)
      limits[alert.name] = Self.union(limits[alert.name] ?? Limit(), limit)
    }
    self.limits = limits
  }

  /// The limit of a rule with those of the rules it reads.
  private static func whole(
    _ index: Int, _ own: [Limit], _ sources: [[Int]], visited: Set<Int>
  ) -> Limit {
    guard !visited.contains(index), visited.count < 20 else { return Limit() }
    var deepest = Limit()
    for source in sources[index] {
      deepest = union(deepest, whole(source, own, sources, visited: visited.union([index])))
    }
    let reach = own[index].warmUp.nanoseconds &+ deepest.warmUp.nanoseconds
    let absent = union(own[index], deepest).absentMetrics
    return Limit(absentMetrics: absent, warmUp: TimeSpan(nanoseconds: reach))
  }

  private static func union(_ left: Limit, _ right: Limit) -> Limit {
    let names = Set((left.absentMetrics + right.absentMetrics).map { Label(name: $0, value: "") })
    return Limit(
      absentMetrics: names.map(\.name).sorted { $0.precedesInBytes($1) },
      warmUp: max(left.warmUp, right.warmUp))
  }

  /// Why the recorded firing of an alert may differ from the replayed one that began about `start`.
  public func explanation(of name: String, at start: Timestamp, from: Timestamp) -> String {
    let limit = limits[name] ?? Limit()
    if !limit.absentMetrics.isEmpty {
      return "its rule reads \(limit.absentMetrics.joined(separator: ", ")), which the bundle does"
        + " not hold"
    }
    if start < from + limit.warmUp {
      return "its state rests on what came before the window"
    }
    return "the server read scrapes, of which the bundle holds what a grid of instants saw"
  }
}
