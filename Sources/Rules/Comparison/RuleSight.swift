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
  /// Rules that read metrics of which the recording holds none, neither themselves nor through
  /// the rules they read: they cannot say anything. In order, each name once.
  public let blindRules: [String]

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
    let absent = Self.spread(own.map { Set($0.absentMetrics) }, over: sources) { $0.union($1) }
    // The longest way back through the rules, as far as the rounds go.
    var warmUps = own.map(\.warmUp.nanoseconds)
    for _ in 0..<Self.mostRounds {
      let before = warmUps
      for index in warmUps.indices {
        let deepest = sources[index].map { before[$0] }.max() ?? 0
        warmUps[index] = own[index].warmUp.nanoseconds &+ max(0, deepest)
      }
      if warmUps == before { break }
    }
    let whole = rules.indices.map { index in
      Limit(
        absentMetrics: absent[index].sorted { $0.precedesInBytes($1) },
        warmUp: TimeSpan(nanoseconds: warmUps[index]))
    }
    var limits: [String: Limit] = [:]
    for (index, rule) in rules.enumerated() {
      guard case .alerting(let alert) = rule.kind else { continue }
      var limit = whole[index]
      limit.warmUp = TimeSpan(nanoseconds: limit.warmUp.nanoseconds &+ alert.hold.nanoseconds)
      limits[alert.name] = Self.union(limits[alert.name] ?? Limit(), limit)
    }
    self.limits = limits
    let isSeeing = Self.spread(
      try reads.map { read in
        try read.selectors.isEmpty || read.leavesMetricOpen
          || read.metricNames.contains { try RuleReads.alertMetrics.contains($0) || holds($0) }
      }, over: sources
    ) { $0 || $1 }
    blindRules = rules.indices.reduce(into: []) { blind, index in
      let name = rules[index].name
      if !isSeeing[index], !blind.contains(name) { blind.append(name) }
    }
  }

  /// What each rule has, together with what the rules have that it reads, directly or not.
  ///
  /// Rules may read each other in a circle; rounds beyond `mostRounds` are left out, and what they
  /// would add.
  private static func spread<Value: Equatable>(
    _ own: [Value], over sources: [[Int]], _ joined: (Value, Value) -> Value
  ) -> [Value] {
    var values = own
    for _ in 0..<mostRounds {
      let before = values
      for index in values.indices {
        for source in sources[index] { values[index] = joined(values[index], before[source]) }
      }
      if values == before { break }
    }
    return values
  }

  /// Recording rules are rarely stacked deeper.
  private static let mostRounds = 20

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
    return "no reason found; the server read scrapes, and the bundle may hold only what a grid of"
      + " instants saw of them"
  }
}
