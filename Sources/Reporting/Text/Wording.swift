import Reasoning
import Telemetry

/// The words for values that several documents name.
enum Wording {
  /// What a label lets a reader believe.
  static func label(_ label: HypothesisLabel) -> String {
    switch label {
    case .confirmed: "Confirmed by evidence"
    case .likely: "Likely cause, not confirmed"
    case .possible: "Possible cause, not confirmed"
    case .inconclusive: "Inconclusive"
    }
  }

  /// The verdict in words.
  static func verdict(_ verdict: Verdict) -> String {
    switch verdict {
    case .incident: "incident"
    case .noIncident: "no incident found"
    case .inconclusive: "inconclusive"
    }
  }

  /// What redaction did, as a reader who passes the report on must know it.
  static func redaction(_ bundle: BundleIdentity) -> String {
    guard let count = bundle.redactedValues else {
      return "none: the bundle was captured without it and may hold secrets, and so may this report"
    }
    return "\(Quantity.count(count, "value")) of known kinds replaced at capture"
  }

  /// `service prod/api`; what is outside and has no name of its own is `outside the system`.
  static func entity(_ entity: Entity) -> String {
    if entity.kind == .external, entity.name == "external" { return "outside the system" }
    let name = entity.namespace.isEmpty ? entity.name : "\(entity.namespace)/\(entity.name)"
    return "\(entity.kind.rawValue) \(name)"
  }

  /// `a`, `a and b`, `a, b and 3 more`.
  static func list(_ names: [String], limit: Int = 6) -> String {
    guard names.count <= limit else {
      return names.prefix(limit).joined(separator: ", ") + " and \(names.count - limit) more"
    }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// What blames `entity` for `cause`, as part of a sentence.
  static func claim(_ hypothesis: Hypothesis) -> String {
    let place = entity(hypothesis.entity)
    if hypothesis.cause == "unknown" { return "\(place) stands out, cause unknown" }
    return place.hasPrefix("outside")
      ? "\(hypothesis.cause) from \(place)" : "\(hypothesis.cause) at \(place)"
  }
}
