import Canonical
import Telemetry

/// Reads an alert of Prometheus' list of alerts, which tells only the state at capture.
enum AlertState {
  /// The alert as `ALERTS{alertstate="firing"}` from the time at which it became active, which for
  /// an alert with a `for` is earlier than it fired; nil when it is not firing or became active
  /// after the replay's end.
  static func series(of alert: JSONValue, _ path: String, _ clock: ReplayClock) -> RecordedSeries? {
    guard alert["state"]?.string == "firing",
      let active = alert["activeAt"]?.string.flatMap(Canonical.timestamp), active <= clock.end
    else { return nil }
    let labels = (alert["labels"]?.members ?? []).compactMap { member in
      member.value.string.map { Label(name: member.key, value: $0) }
    }
    let own = [
      Label(name: "__name__", value: "ALERTS"), Label(name: "alertstate", value: "firing"),
    ]
    let start = max(active, clock.start)
    let span = (clock.end - start).nanoseconds
    let count = Int(span / clock.step.nanoseconds) + 1
    let times = SampleTimes.grid(start: start, step: clock.step, count: count)
    return RecordedSeries(
      series: Series(
        labels: LabelSet(labels + own), times: times, values: Array(repeating: 1, count: count)),
      path: path)
  }
}
