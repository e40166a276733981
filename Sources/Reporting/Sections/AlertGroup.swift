import Reasoning
import Telemetry

/// Alerts of one name and severity that differ only in what they are about.
struct AlertGroup {
  let name: String
  let severity: String
  var alerts: Int
  var firstFired: Timestamp
  var lastFiring: Timestamp
  var evidence: [String]

  /// `alerts` by name and severity, in order of first firing.
  static func groups(_ alerts: [AlertRecord]) -> [AlertGroup] {
    var groups: [AlertGroup] = []
    for alert in alerts {
      let evidence = alert.evidence.isEmpty ? [] : [alert.evidence]
      if let index = groups.firstIndex(where: {
        $0.name.hasSameBytes(as: alert.name) && $0.severity.hasSameBytes(as: alert.severity)
      }) {
        groups[index].alerts += 1
        groups[index].lastFiring = max(groups[index].lastFiring, alert.lastFiring)
        groups[index].evidence += evidence
      } else {
        groups.append(
          AlertGroup(
            name: alert.name, severity: alert.severity, alerts: 1, firstFired: alert.firstFired,
            lastFiring: alert.lastFiring, evidence: evidence))
      }
    }
    return groups
  }
}
