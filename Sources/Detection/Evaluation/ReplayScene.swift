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
