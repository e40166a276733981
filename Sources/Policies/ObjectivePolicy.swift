import Telemetry

/// What users were promised and how requests are counted; `policies/slo.json`.
public struct ObjectivePolicy: Hashable, Sendable {
  /// The period over which an error budget is spent.
  public let period: TimeSpan
  /// The share of requests that must not fail, for services without an objective of their own.
  public let defaultAvailability: Double
  /// Objectives of single services.
  public let serviceAvailability: [String: Double]
  /// Window pairs with their thresholds; the score follows the first.
  public let burnPairs: [BurnPair]
  /// The share of a window that must have data for the window to be judged.
  public let minimumCoverage: Double
  /// The burn rate of both windows from which there is a finding.
  public let notableBurn: Double
  /// Counters of requests, most trusted first; a service is judged by the first it has.
  public let requestCounters: [RequestCounter]
  /// Counters that look like requests to a service and are not.
  public let ignoredCounters: [String]
  /// Pairs `…_sum` and `…_count` that measure request durations, most trusted first.
  public let latencyMetrics: [LatencyMetric]
  /// Labels that name the service of a series, most trusted first.
  public let serviceLabels: [String]

  /// The objective of `service`, such as 0.995.
  public func availability(of service: String) -> Double {
    serviceAvailability[service] ?? defaultAvailability
  }
}

/// Two windows that must both burn faster than a threshold.
///
/// - Source: SRE Workbook ch. 5, sre.google/workbook/alerting-on-slos, table 5-8.
public struct BurnPair: Hashable, Sendable {
  /// `page` or `ticket`.
  public let severity: String
  /// The window that says that it matters.
  public let long: TimeSpan
  /// The window that says that it is still going on.
  public let short: TimeSpan
  /// The burn rate, a multiple of the rate that spends the budget exactly in the period.
  public let threshold: Double
}

/// A counter of requests that tells failed ones by a label.
public struct RequestCounter: Hashable, Sendable {
  /// The metric's name; a leading `*` stands for any beginning.
  public let metric: String
  /// Labels that may hold the status, most trusted first.
  public let statusLabels: [String]
  /// How a status says that the server failed.
  public let rule: StatusRule
}

/// How a status says that the server failed.
public enum StatusRule: String, Hashable, Sendable, CaseIterable {
  /// HTTP: 500 to 599, `5xx`, or a word for failure.
  case http
  /// gRPC: the codes that map to HTTP 5xx, by name or number.
  case grpc

  /// Whether `status` is a failure of the server.
  ///
  /// - Source: google.rpc.Code, "HTTP Mapping" of each code.
  public func isFailure(_ status: String) -> Bool {
    switch self {
    case .http:
      return (status.utf8.count == 3 && status.utf8.first == UInt8(ascii: "5"))
        || Self.failureWords.contains(status)
    case .grpc:
      return Self.grpcFailures.contains(status)
    }
  }

  private static let failureWords: Set<String> = ["error", "failure", "failed", "fail"]

  private static let grpcFailures: Set<String> = [
    "Unknown", "DeadlineExceeded", "Unimplemented", "Internal", "Unavailable", "DataLoss",
    "UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
    "2", "4", "12", "13", "14", "15",
  ]
}

/// A histogram or summary of request durations.
public struct LatencyMetric: Hashable, Sendable {
  /// The metric's name without `_sum` and `_count`; a leading `*` stands for any beginning.
  public let metric: String
  /// How many seconds one unit of its sum is.
  public let secondsPerUnit: Double
}
