import Canonical
import Detection
import Telemetry

extension Finding {
  /// Makes a finding that was only possible after the clock had run out: it compares the incident
  /// with the time before, and no detector that replays the past may do that.
  static func retrospective(
    detector: String, kind: FindingKind, entity: Entity, interval: TimeRange, isOpen: Bool,
    value: Double,
    baseline: Double?, unit: String, strength: Double, locator: Locator, text: String
  ) -> Finding {
    let identity = [
      detector, entity.kind.rawValue, entity.namespace, entity.name, locator.path, locator.detail,
      String(interval.start.nanoseconds),
    ].joined(separator: "\u{1F}")
    return Finding(
      id: "E-" + ContentDigest(of: identity).hex.prefix(8), detector: detector, kind: kind,
      entity: entity, service: entity.kind == .service ? entity.name : nil, interval: interval,
      knownAt: interval.end, isOpen: isOpen, value: value, baseline: baseline, unit: unit,
      strength: strength, locator: locator, text: text)
  }
}
