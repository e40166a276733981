import Telemetry

/// One analysis as the command line asks for it.
public struct AnalysisPlan: Sendable {
  /// The bundle's path.
  public var bundlePath: String
  /// A directory of policies, or nil for those that are part of the tool.
  public var policiesDirectory: String?
  /// Where the replay stops, or nil for the end of the window.
  public var asOf: Timestamp?
  /// The time between two steps of the replay.
  public var step: TimeSpan
  /// Threads that may be used; decides how long it takes, never what comes out.
  public var threads: Int

  /// The step of `timeline.csv` unless another is asked for.
  public static let defaultStep = TimeSpan.seconds(60)

  /// Makes a plan.
  public init(
    bundlePath: String, policiesDirectory: String? = nil, asOf: Timestamp? = nil,
    step: TimeSpan = defaultStep, threads: Int = 1
  ) {
    self.bundlePath = bundlePath
    self.policiesDirectory = policiesDirectory
    self.asOf = asOf
    self.step = step
    self.threads = threads
  }
}
