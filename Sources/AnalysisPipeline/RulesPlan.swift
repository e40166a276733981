import Telemetry

/// One back-test of rules as the command line asks for it.
public struct RulesPlan: Sendable {
  /// The bundle's path.
  public var bundlePath: String
  /// Rule files: YAML, or the body of Prometheus's `/api/v1/rules`; none for the rules that the
  /// bundle recorded.
  public var ruleFiles: [String]
  /// Whether every group is evaluated at multiples of its interval from the window's start, and
  /// not when the recorded server evaluated it.
  public var isAligned: Bool
  /// Whether rules that the bundle holds no metric for, or that fail, are a mistake.
  public var isStrict: Bool
  /// Threads that may be used; decides how long it takes, never what comes out.
  public var threads: Int

  /// Makes a plan.
  public init(
    bundlePath: String, ruleFiles: [String], isAligned: Bool = false,
    isStrict: Bool = false, threads: Int = 1
  ) {
    self.bundlePath = bundlePath
    self.ruleFiles = ruleFiles
    self.isAligned = isAligned
    self.isStrict = isStrict
    self.threads = threads
  }
}
