import Detection
import Telemetry

extension AlertRecord {
  /// The alerts of a report: one per name and labels, from its first firing to its last, in order
  /// of first firing, name and labels.
  static func records(of alerts: [RecordedAlert]) -> [AlertRecord] {
    var first: [AlertKey: RecordedAlert] = [:]
    var last: [AlertKey: Timestamp] = [:]
    for alert in alerts {
      let key = AlertKey(name: alert.name, labels: alert.labels)
      last[key] = max(last[key] ?? alert.lastFiring, alert.lastFiring)
      guard let known = first[key] else {
        first[key] = alert
        continue
      }
      if precedes(alert, known) { first[key] = alert }
    }
    return first.map { key, alert in
      AlertRecord(
        name: alert.name, labels: alert.labels, firstFired: alert.firstFired,
        lastFiring: last[key] ?? alert.lastFiring, severity: alert.severity,
        evidence: alert.finding.id)
    }.sorted { left, right in
      if left.firstFired != right.firstFired { return left.firstFired < right.firstFired }
      if !left.name.hasSameBytes(as: right.name) { return left.name.precedesInBytes(right.name) }
      return left.labels < right.labels
    }
  }

  private static func precedes(_ left: RecordedAlert, _ right: RecordedAlert) -> Bool {
    left.firstFired != right.firstFired
      ? left.firstFired < right.firstFired : left.finding.id.precedesInBytes(right.finding.id)
  }
}

private struct AlertKey: Hashable {
  let name: String
  let labels: LabelSet
}
