import Detection
import Replay
import Telemetry

extension AlertRecord {
  /// The detector whose findings cite alerts.
  static let detector = "alert"

  /// Alerts that Prometheus recorded as firing in its `ALERTS` series, in order of first firing,
  /// name and labels.
  static func records(in observations: Observations, findings: [Finding]) -> [AlertRecord] {
    observations.series.compactMap { record(of: $0, findings: findings) }.sorted { left, right in
      if left.firstFired != right.firstFired { return left.firstFired < right.firstFired }
      if !left.name.hasSameBytes(as: right.name) { return left.name.precedesInBytes(right.name) }
      return left.labels < right.labels
    }
  }

  private static func record(of recorded: RecordedSeries, findings: [Finding]) -> AlertRecord? {
    let labels = recorded.series.labels
    guard labels.metricName == "ALERTS", labels["alertstate"] == "firing",
      let name = labels["alertname"]
    else { return nil }
    let firing = recorded.series.values.indices.filter { recorded.series.values[$0] == 1 }
    guard let first = firing.first, let last = firing.last else { return nil }
    let about = findings.first { finding in
      finding.detector == detector && finding.locator.path == recorded.path
        && finding.interval.start == recorded.series.times[first]
        && finding.text.contains(name)
    }
    return AlertRecord(
      name: name,
      labels: labels.filter { !["__name__", "alertname", "alertstate", "severity"].contains($0) },
      firstFired: recorded.series.times[first], lastFiring: recorded.series.times[last],
      severity: labels["severity"] ?? "", evidence: about?.id ?? "")
  }
}
