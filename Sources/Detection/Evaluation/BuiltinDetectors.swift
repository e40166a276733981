/// The detectors that are part of the tool; one file each in `Detectors/`.
public enum BuiltinDetectors {
  /// All detectors, in order of name.
  public static let all: [any Detector.Type] = [
    AlertFiring.self,
    CertificateExpiry.self,
    ConnectionPool.self,
    ContainerRestart.self,
    CPUThrottling.self,
    ErrorLogs.self,
    EventSurge.self,
    Latency.self,
    MemoryLimit.self,
    MetricAnomaly.self,
    NodeCondition.self,
    PodUnavailable.self,
    Rollout.self,
    SaturationForecast.self,
    ServiceDown.self,
    SLOBurn.self,
    Traffic.self,
    WaitingReason.self,
  ]
}
