import Canonical
import Telemetry

/// The times at which Kubernetes objects and events say that something happened to them.
///
/// Only fields that state the past count: neither deadlines, such as a deletion's or a
/// certificate's, nor what people wrote in annotations and data.
struct StatedTimes {
  /// How far before the latest time a window that follows from these times can begin.
  ///
  /// Objects live for months, so that their earliest time says nothing about an incident; six hours
  /// hold an incident and what led up to it.
  static let reach = TimeSpan.minutes(6 * 60)

  /// Fields of an object's status, at any depth, by their names in the Kubernetes API.
  private static let statusFields: Set<String> = [
    "startTime", "startedAt", "finishedAt", "completionTime", "lastTransitionTime",
    "lastUpdateTime", "lastProbeTime", "lastHeartbeatTime", "lastScheduleTime",
    "lastSuccessfulTime", "lastScaleTime",
  ]

  private var times: [Timestamp] = []

  init(_ answers: [ExportAnswer]) {
    for answer in answers {
      guard case .objects(let objects, let events) = answer.content else { continue }
      for object in objects { add(object) }
      times += events.flatMap { [$0.event.firstSeen, $0.event.lastSeen] }.compactMap { $0 }
    }
  }

  /// From the earliest time within `reach` of the latest one to the latest one; when that is the
  /// only one in reach, from `reach` before it; nil when nothing states a time.
  var window: TimeRange? {
    guard let end = times.max() else { return nil }
    let farthest = end - Self.reach
    let start = times.filter { farthest <= $0 && $0 < end }.min() ?? farthest
    return TimeRange(start: start, end: end)
  }

  private mutating func add(_ object: KubeObject) {
    let document = object.document
    if let createdAt = object.createdAt { times.append(createdAt) }
    for field in document["metadata"]?["managedFields"]?.elements ?? [] { add(field["time"]) }
    if object.ref.kind == "Lease" {
      add(document["spec"]?["acquireTime"])
      add(document["spec"]?["renewTime"])
    }
    if let status = document["status"] { addFields(of: status) }
  }

  private mutating func addFields(of status: JSONValue) {
    for element in status.elements { addFields(of: element) }
    for member in status.members {
      if Self.statusFields.contains(member.key) { add(member.value) }
      addFields(of: member.value)
    }
  }

  private mutating func add(_ value: JSONValue?) {
    guard let text = value?.string, text.contains("T"), let time = Canonical.timestamp(text) else {
      return
    }
    times.append(time)
  }
}
