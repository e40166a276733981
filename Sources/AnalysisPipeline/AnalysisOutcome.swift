import Reasoning

/// An analysis, and what of the bundle it could not rest on.
public struct AnalysisOutcome: Sendable {
  /// The conclusions.
  public let analysis: Analysis
  /// Files of the bundle that are damaged or missing; 0 for an intact bundle.
  public let damagedFiles: Int
  /// Rules of the policies that failed on this bundle, each with its reason; sentences.
  public let failedRules: [String]

  /// Makes an outcome.
  public init(analysis: Analysis, damagedFiles: Int, failedRules: [String] = []) {
    self.analysis = analysis
    self.damagedFiles = damagedFiles
    self.failedRules = failedRules
  }
}
