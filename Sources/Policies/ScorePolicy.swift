import Telemetry

/// How findings become a score and the score incidents; `policies/score.json`.
public struct ScorePolicy: Hashable, Sendable {
  /// The model's name and version.
  public let model: String
  /// The parts in order, with their weights in 0...1.
  public let weights: [ComponentWeight]
  /// From burn rates to strengths; its top is the highest burn rate an objective allows.
  public let burnScale: Scale
  /// The strength from which a detector's finding means that a service's users are affected.
  public let affectedFrom: [String: Double]
  /// When an incident begins, ends and how bad it is.
  public let incident: IncidentPolicy

  /// The names of the parts, in their order everywhere.
  public static let components = [
    "slo", "latency", "availability", "reach", "logs", "events", "resource",
  ]
}

/// One part of the score and its weight.
public struct ComponentWeight: Hashable, Sendable {
  /// The part's name.
  public let component: String
  /// Its weight in 0...1: the score, over 100, when the part alone is at its worst.
  public let weight: Double
}

/// When an incident begins and ends.
public struct IncidentPolicy: Hashable, Sendable {
  /// The score from which an incident begins, when a service is affected too.
  public let open: Double
  /// The score below which it may end.
  public let close: Double
  /// How long it must stay below, or no service be affected, for the incident to be over.
  public let quiet: TimeSpan
  /// Incidents closer than this are one.
  public let merge: TimeSpan
  /// How long before its detection an incident may have begun.
  public let lookback: TimeSpan
  /// The peak from which it is critical.
  public let critical: Double
  /// The peak from which it is major.
  public let major: Double
}

extension ScorePolicy {
  static func read(_ root: PolicyNode, defaults: ScorePolicy?) -> ScorePolicy? {
    let members = root.members(allowed: [
      "model", "weights", "burnScale", "affectedFrom", "incident",
    ])
    func section<Value>(
      _ name: String, _ fallback: Value?, _ read: (PolicyNode) -> Value?
    ) -> Value? {
      if let member = members[name] { return read(member) }
      if fallback == nil { root.fail("has no key \(name)") }
      return fallback
    }
    let model = section("model", defaults?.model) { $0.text() }
    let weights = section("weights", defaults?.weights) { readWeights($0) }
    let scale = section("burnScale", defaults?.burnScale) { node -> Scale? in
      let key = SettingKey("slo-burn", "burnScale", unit: "burn rate", .scale)
      guard case .scale(let scale)? = node.setting(of: key) else { return nil }
      return scale
    }
    let affected = section("affectedFrom", defaults?.affectedFrom) { readAffected($0) }
    let incident = section("incident", defaults?.incident) { IncidentPolicy.read($0) }
    guard let model, let weights, let scale, let affected, let incident else { return nil }
    return ScorePolicy(
      model: model, weights: weights, burnScale: scale, affectedFrom: affected,
      incident: incident)
  }

  private static func readWeights(_ node: PolicyNode) -> [ComponentWeight]? {
    let members = node.members(allowed: components + ["reason"])
    _ = node.required("reason", of: members)?.text()
    let weights = components.compactMap { name -> ComponentWeight? in
      guard let weight = node.required(name, of: members)?.number(in: 0...0.99) else { return nil }
      return ComponentWeight(component: name, weight: weight)
    }
    return weights.count == components.count ? weights : nil
  }

  private static func readAffected(_ node: PolicyNode) -> [String: Double]? {
    var strengths: [String: Double] = [:]
    for member in node.allMembers() where member.name != "reason" {
      strengths[member.name] = member.value.number(in: 0.01...1)
    }
    return strengths
  }
}

extension IncidentPolicy {
  static func read(_ node: PolicyNode) -> IncidentPolicy? {
    let members = node.members(allowed: [
      "open", "close", "quiet", "merge", "lookback", "critical", "major",
    ])
    func score(_ name: String) -> Double? {
      node.required(name, of: members)?.number(in: 0...100, unit: "score")
    }
    func span(_ name: String) -> TimeSpan? {
      node.required(name, of: members)?.duration(withReason: true)
    }
    let scores = (score("open"), score("close"), score("critical"), score("major"))
    let spans = (span("quiet"), span("merge"), span("lookback"))
    guard case (let open?, let close?, let critical?, let major?) = scores,
      case (let quiet?, let merge?, let lookback?) = spans
    else { return nil }
    if close >= open { node.fail("close must be below open") }
    return IncidentPolicy(
      open: open, close: close, quiet: quiet, merge: merge, lookback: lookback,
      critical: critical, major: major)
  }
}
