import Policies
import Replay
import Telemetry

/// What a detector sees: observations, policies and what both say about services.
public struct ReplayScene: Sendable {
  /// What was recorded.
  public let observations: Observations
  /// What was tuned.
  public let policy: Policy
  /// The steps.
  public let clock: ReplayClock
  /// Series by metric name.
  public let metrics: MetricIndex
  /// Which pod and workload belongs to which service.
  public let services: ServiceDirectory

  /// Makes a scene.
  public init(observations: Observations, policy: Policy) {
    let observations = observations.inOrder
    self.observations = observations
    self.policy = policy
    clock = observations.clock
    metrics = MetricIndex(observations.series)
    services = ServiceDirectory(
      observations: observations, metrics: metrics, objectives: policy.objectives)
  }

  /// How many steps a setting in minutes covers, at least 1.
  func steps(minutes: Double) -> Int {
    clock.steps(in: TimeSpan(nanoseconds: Int64(minutes * 60e9)))
  }

  /// Objects of one kind, in order of their references.
  func objects(ofKind kind: String) -> [RecordedObject] {
    observations.objects.filter { $0.object.ref.kind == kind }
  }

  /// Whether the bundle holds Kubernetes objects of any kind.
  var hasObjects: Bool { !observations.objects.isEmpty }
}

extension Observations {
  /// The same observations with objects, events and streams in one order, whatever order they
  /// came in.
  fileprivate var inOrder: Observations {
    let objects = objects.sorted { left, right in
      left.object.ref == right.object.ref
        ? left.path.precedesInBytes(right.path) : left.object.ref < right.object.ref
    }
    let events = events.sorted { left, right in
      let times = (left.event.firstSeen ?? window.start, right.event.firstSeen ?? window.start)
      return times.0 == times.1
        ? left.event.uid.precedesInBytes(right.event.uid) : times.0 < times.1
    }
    let streams = logs?.streams.sorted { $0.stream.labels < $1.stream.labels }
    return Observations(
      window: window, end: end, step: step, series: series,
      logs: streams.map(LogActivity.init(streams:)), objects: objects, events: events,
      sources: sources)
  }
}
