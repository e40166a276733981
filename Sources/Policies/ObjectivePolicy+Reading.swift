import Telemetry

extension ObjectivePolicy {
  static func read(_ root: PolicyNode, defaults: ObjectivePolicy?) -> ObjectivePolicy? {
    let members = root.members(allowed: [
      "period", "availability", "burn", "requestCounters", "ignoredCounters", "latencyMetrics",
      "serviceLabels",
    ])
    func section<Value>(
      _ name: String, _ fallback: Value?, _ read: (PolicyNode) -> Value?
    ) -> Value? {
      if let member = members[name] { return read(member) }
      if fallback == nil { root.fail("has no key \(name)") }
      return fallback
    }
    let period = section("period", defaults?.period) { $0.duration(withReason: true) }
    let availability = section(
      "availability", defaults.map { ($0.defaultAvailability, $0.serviceAvailability) }
    ) { readAvailability($0) }
    let burn = section(
      "burn",
      defaults.map {
        Burn(pairs: $0.burnPairs, coverage: $0.minimumCoverage, notable: $0.notableBurn)
      }
    ) { readBurn($0) }
    let counters = section("requestCounters", defaults?.requestCounters) {
      $0.elements().compactMap { readCounter($0) }
    }
    let ignored = section("ignoredCounters", defaults?.ignoredCounters) { $0.texts() }
    let latency = section("latencyMetrics", defaults?.latencyMetrics) {
      $0.elements().compactMap { readLatency($0) }
    }
    let labels = section("serviceLabels", defaults?.serviceLabels) { $0.texts() }
    guard let period, let availability, let burn, let counters, let ignored, let latency,
      let labels
    else { return nil }
    return ObjectivePolicy(
      period: period, defaultAvailability: availability.0, serviceAvailability: availability.1,
      burnPairs: burn.pairs, minimumCoverage: burn.coverage, notableBurn: burn.notable,
      requestCounters: counters,
      ignoredCounters: ignored, latencyMetrics: latency, serviceLabels: labels)
  }

  private static func readAvailability(_ node: PolicyNode) -> (Double, [String: Double])? {
    let members = node.members(allowed: ["default", "services", "reason"])
    var services: [String: Double] = [:]
    for member in members["services"]?.allMembers() ?? [] {
      services[member.name] = member.value.number(in: 0.5...0.99999)
    }
    _ = node.required("reason", of: members)?.text()
    guard let value = node.required("default", of: members)?.number(in: 0.5...0.99999) else {
      return nil
    }
    return (value, services)
  }

  private struct Burn {
    let pairs: [BurnPair]
    let coverage: Double
    let notable: Double
  }

  private static func readBurn(_ node: PolicyNode) -> Burn? {
    let members = node.members(allowed: ["pairs", "minimumCoverage", "notable", "reason"])
    _ = node.required("reason", of: members)?.text()
    let list = node.required("pairs", of: members)
    let coverage = node.required("minimumCoverage", of: members)?.number(in: 0.1...1)
    let notable = node.required("notable", of: members)?.number(in: 1...100)
    let nodes = list?.elements() ?? []
    if let list, nodes.isEmpty { list.fail("must hold at least one pair") }
    let pairs = nodes.compactMap { readPair($0) }
    guard let coverage, let notable, !pairs.isEmpty else { return nil }
    return Burn(pairs: pairs, coverage: coverage, notable: notable)
  }

  private static func readPair(_ node: PolicyNode) -> BurnPair? {
    let members = node.members(allowed: ["severity", "long", "short", "threshold"])
    let severity = node.required("severity", of: members)?.choice(of: ["page", "ticket"])
    let long = node.required("long", of: members)?.duration()
    let short = node.required("short", of: members)?.duration()
    let threshold = node.required("threshold", of: members)?.number(in: 0.1...1000)
    guard let severity, let long, let short, let threshold else { return nil }
    if short >= long { node.fail("short must be shorter than long") }
    return BurnPair(severity: severity, long: long, short: short, threshold: threshold)
  }

  private static func readCounter(_ node: PolicyNode) -> RequestCounter? {
    let members = node.members(allowed: ["metric", "status", "protocol"])
    guard let metric = node.required("metric", of: members)?.text(),
      let labels = node.required("status", of: members)?.texts(),
      let name = node.required("protocol", of: members)?
        .choice(of: StatusRule.allCases.map(\.rawValue)),
      let rule = StatusRule(rawValue: name)
    else { return nil }
    return RequestCounter(metric: metric, statusLabels: labels, rule: rule)
  }

  private static func readLatency(_ node: PolicyNode) -> LatencyMetric? {
    let members = node.members(allowed: ["metric", "secondsPerUnit"])
    guard let metric = node.required("metric", of: members)?.text(),
      let unit = node.required("secondsPerUnit", of: members)?.number(in: 1e-9...3600)
    else { return nil }
    return LatencyMetric(metric: metric, secondsPerUnit: unit)
  }
}

extension PolicyNode {
  /// A duration in a mapping `{"value": "5m", "reason": …}`.
  func duration(withReason: Bool) -> TimeSpan? {
    let members = members(allowed: ["value", "reason"])
    _ = required("reason", of: members)?.text()
    return required("value", of: members)?.duration()
  }

  /// A number in a mapping `{"value": 5, "unit": …, "reason": …}`.
  func number(in range: ClosedRange<Double>, unit: String) -> Double? {
    let members = members(allowed: ["value", "unit", "reason"])
    _ = required("reason", of: members)?.text()
    _ = required("unit", of: members)?.choice(of: [unit])
    return required("value", of: members)?.number(in: range)
  }
}
