import Canonical
import Policies
import Replay
import Telemetry

/// Flags objects about which Kubernetes writes many warnings.
///
/// - Input: warning events, each once.
/// - Claim: at least three warnings within `event-surge.window`, and `event-surge.growth` times
///   what the object had in any window before.
/// - Strength: `event-surge.occurrences` over the warnings in the window, and no more than
///   `event-surge.breadth` over the objects that surge at that step: a pod that goes on failing
///   repeats one fact, however often Kubernetes writes it down.
/// - Counting: an event is a record that Kubernetes updates. Its first occurrence counts when it
///   happened; the rest, spread evenly between first and last, only from the last on, since before
///   that nobody knows how many there were. So a count is a lower bound while it grows.
/// - Missing data: not judged without events, nor before the horizon at which they had expired.
/// - Source: client-go's event correlator; `facts/bundles.md` C3.
struct EventSurge: Detector {
  static let name = "event-surge"
  static let component: String? = "events"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    let window = TimeSpan(nanoseconds: Int64(settings.number(.eventSurgeWindow) * 60e9))
    let steps = scene.steps(minutes: settings.number(.eventSurgeWindow))
    let surges = Self.warnings(in: scene).map { ref, events in
      let counts = (0..<scene.clock.count).map { step in
        events.reduce(0) { $0 + $1.event.count(in: window, upTo: scene.clock[step]) }
      }
      let strengths = Self.strengths(
        of: counts, settings.scale(.eventSurgeOccurrences),
        growth: settings.number(.eventSurgeGrowth), delay: steps)
      return (ref: ref, events: events, counts: counts, strengths: strengths)
    }
    let ceilings = (0..<scene.clock.count).map { step in
      settings.scale(.eventSurgeBreadth).strength(
        of: Double(surges.count { ($0.strengths[step] ?? 0) > 0 }))
    }
    for (ref, events, counts, alone) in surges {
      let strengths = zip(alone, ceilings).map { strength, ceiling in
        strength.map { min($0, ceiling) }
      }
      let service = scene.service(of: ref)
      builder.add(
        entity: Entity(ref), service: service, strengths: strengths, joining: steps
      ) { run, peak in
        let known = scene.clock[run.lowerBound]
        let last = scene.clock[run.upperBound - 1]
        let own = events.filter { event in
          guard let first = event.event.firstSeen, let end = event.event.lastSeen else {
            return false
          }
          return first <= last && max(first, end) > known - window
        }
        let spread = Self.spread(own, over: window)
        return draft(
          ref, own, count: max(counts[peak], spread), service: service, settings: settings)
      }
    }
    let horizon = scene.observations.sources.compactMap(\.eventHorizon).max()
    let hasEvents = !scene.observations.events.isEmpty || horizon != nil
    let isEvaluable = (0..<scene.clock.count).map { step in
      hasEvents && scene.clock[step] >= (horizon ?? scene.clock.start)
    }
    return builder.result(
      isEvaluable: isEvaluable, read: "\(scene.observations.events.count) Kubernetes events",
      missing: "no Kubernetes events are in the bundle")
  }

  private static func warnings(in scene: ReplayScene) -> [(ObjectRef, [RecordedEvent])] {
    var groups: [ObjectRef: [RecordedEvent]] = [:]
    for recorded in scene.observations.events
    where recorded.event.isWarning && recorded.event.firstSeen != nil {
      groups[recorded.event.regarding, default: []].append(recorded)
    }
    return groups.sorted { $0.key < $1.key }.map { ref, events in
      let sorted = events.sorted { left, right in
        let times = (
          left.event.firstSeen ?? scene.clock.end, right.event.firstSeen ?? scene.clock.end
        )
        return times.0 == times.1
          ? left.event.uid.precedesInBytes(right.event.uid) : times.0 < times.1
      }
      return (ref, sorted)
    }
  }

  /// The warnings of a window if each event's occurrences were spread evenly over its time: an
  /// estimate in hindsight, for the text only.
  private static func spread(_ events: [RecordedEvent], over window: TimeSpan) -> Double {
    events.reduce(0) { sum, recorded in
      guard let first = recorded.event.firstSeen, let last = recorded.event.lastSeen, last > first
      else { return sum }
      let share = min(1, window.seconds / (last - first).seconds)
      return sum + Double(min(recorded.event.count, 1 << 32)) * share
    }
  }

  private static func strengths(
    of counts: [Double], _ scale: Scale, growth: Double, delay: Int
  ) -> [Double?] {
    var usual = 0.0
    var strengths: [Double?] = []
    for step in counts.indices {
      let past = step - delay
      if past >= 0, strengths[past] == 0 { usual = max(usual, counts[past]) }
      strengths.append(counts[step] >= growth * usual ? scale.strength(of: counts[step]) : 0)
    }
    return strengths
  }

  private func draft(
    _ ref: ObjectRef, _ events: [RecordedEvent], count: Double, service: String?,
    settings: DetectorPolicy
  ) -> FindingDraft {
    guard let first = events.first, let worst = events.max(by: { $0.event.count < $1.event.count })
    else { preconditionFailure("BUG: an event finding without an event") }
    var totals: [String: Int64] = [:]
    for event in events {
      totals[event.event.reason, default: 0] += min(event.event.count, 1 << 32)
    }
    let reasons = totals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\($0.key) ×\($0.value)"
    }
    let minutes = Canonical.text(settings.number(.eventSurgeWindow))
    let last = events.compactMap(\.event.lastSeen).max()
    let text =
      "\(ref.kind) \(ref.name): about \(Canonical.text(count.rounded())) warnings in \(minutes)"
      + " minutes at the worst; \(reasons.prefix(4).joined(separator: ", ")): \(worst.event.note.prefix(160))"
    return FindingDraft(
      kind: .failure, entity: Entity(ref), service: service, start: first.event.firstSeen,
      end: last, value: count, baseline: 0, unit: "warnings/\(minutes)m",
      locator: Locator(path: first.path, detail: "Event \(first.event.name)"), text: text)
  }
}

extension KubeEvent {
  /// How many of its occurrences lie in the window that ends at `now`, as far as `now` knows.
  fileprivate func count(in window: TimeSpan, upTo now: Timestamp) -> Double {
    guard let first = firstSeen, first <= now else { return 0 }
    let begin = now - window
    let initial = first > begin ? 1.0 : 0
    guard let last = lastSeen, last <= now, count > 1 else { return initial }
    guard last > first else { return initial * Double(count) }
    let overlap = (last - max(first, begin)).seconds
    guard overlap > 0 else { return initial }
    return initial + (Double(count) - 1) * overlap / (last - first).seconds
  }
}
