import BundleStore
import Canonical
import Detection
import Policies
import Reasoning
import Replay

/// The stages over one loaded bundle that need nothing of each other, so that they go on at the
/// same time.
struct StagedRun {
  let policy: Policy
  let rules: PolicyRules
  let bundle: BundleReader
  let replay: LoadedReplay

  private enum Stage {
    case reasoning, rules, patterns
  }

  private enum Part {
    case analysis(Analysis)
    case alerts([ReplayedAlert], failures: [String])
    case patterns([NewLogPattern])
  }

  /// What the stages give together.
  ///
  /// - Throws: `BundleError` when the bundle cannot be read.
  func outcome(isFull: Bool, threads: Int) throws -> AnalysisOutcome {
    let stages: [Stage] = isFull ? [.reasoning, .rules, .patterns] : [.reasoning]
    let parts = try stages.orderedParallelMap(width: threads, part)
    guard case .analysis(var analysis) = parts[0] else {
      preconditionFailure("BUG: stages out of order")
    }
    var failedRules: [String] = []
    for part in parts {
      switch part {
      case .analysis: break
      case .alerts(let alerts, let failures):
        analysis.replayedAlerts = alerts
        failedRules = failures
      case .patterns(let patterns): analysis.newLogPatterns = patterns
      }
    }
    // What this version does not read is a gap, but no damage.
    return AnalysisOutcome(
      analysis: analysis, damagedFiles: replay.gaps.count { $0.code != .unrecognised },
      failedRules: failedRules)
  }

  private func part(of stage: Stage) throws -> Part {
    switch stage {
    case .reasoning: return .analysis(analysis())
    case .rules:
      let (fired, failures) = try rules.alerts(over: replay.observations, of: bundle)
      return .alerts(fired, failures: failures)
    case .patterns: return .patterns(BundlePatterns.newPatterns(of: replay.patterns))
    }
  }

  private func analysis() -> Analysis {
    let manifest = bundle.manifest
    let observations = replay.observations
    let detection = DetectionResult(
      of: observations, policy: policy, bundleID: manifest.bundleID)
    return Reasoner(causes: policy.causes).analysis(
      of: observations, detection: detection,
      coverage: .combining(
        captured: manifest.coverage, gaps: manifest.gaps, damages: replay.gaps),
      identity: BundleIdentity(
        manifest, replayedTo: observations.end, policyDigest: policy.digest))
  }
}
