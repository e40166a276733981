import JSONStream
import Telemetry

/// Collects Kubernetes objects and events that existed by the replay's end.
struct KubeSink: ExportSink {
  private let path: String
  private let end: Timestamp
  private(set) var objects: [RecordedObject] = []
  private(set) var events: [RecordedEvent] = []

  init(path: String, end: Timestamp) {
    self.path = path
    self.end = end
  }

  mutating func object(_ object: KubeObject) {
    guard object.createdAt.map({ $0 <= end }) ?? true else { return }
    objects.append(RecordedObject(object: object, path: path))
  }

  mutating func event(_ event: KubeEvent, document: JSONValue) {
    events.append(RecordedEvent(event: event, path: path))
  }
}

/// Puts the events of all entries in one order.
enum EventMerge {
  /// Events first seen by `end`, each uid once, in order of time and uid.
  ///
  /// Of an event that went on after `end`, only its first occurrence is known: how often it had
  /// been seen by then is not recorded.
  static func events(_ events: [RecordedEvent], until end: Timestamp) -> [RecordedEvent] {
    let known = events.compactMap { recorded -> RecordedEvent? in
      guard let first = recorded.event.firstSeen, first <= end else { return nil }
      guard let last = recorded.event.lastSeen, last > end else { return recorded }
      return RecordedEvent(event: recorded.event.firstOccurrence, path: recorded.path)
    }
    let sorted = known.sorted { left, right in
      let times = (left.event.firstSeen ?? end, right.event.firstSeen ?? end)
      if times.0 != times.1 { return times.0 < times.1 }
      if !left.event.uid.hasSameBytes(as: right.event.uid) {
        return left.event.uid.precedesInBytes(right.event.uid)
      }
      return left.path.precedesInBytes(right.path)
    }
    var seen: Set<String> = []
    return sorted.filter { $0.event.uid.isEmpty || seen.insert($0.event.uid).inserted }
  }
}

extension KubeEvent {
  /// The event as it was when it was first seen.
  fileprivate var firstOccurrence: KubeEvent {
    KubeEvent(
      uid: uid, namespace: namespace, name: name, regarding: regarding, reason: reason,
      note: note, isWarning: isWarning, reporter: reporter, firstSeen: firstSeen,
      lastSeen: firstSeen, count: 1)
  }
}
