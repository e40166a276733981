import BundleStore
import Canonical
import Detection
import Policies
import Reasoning
import Replay
import Telemetry

/// Runs every stage over one bundle: read, replay, detect and score, reason.
enum AnalysisRun {
  /// Steps that a replay may have; more would only make a longer file.
  static let maximumSteps: Int64 = 20_000

  /// Everything that can be concluded from the bundle of `plan`.
  static func analyze(_ plan: AnalysisPlan) throws(AnalysisFailure) -> AnalysisOutcome {
    let policy = try policy(in: plan.policiesDirectory)
    let rules = try rules(of: policy)
    let (bundle, replay) = try replay(plan)
    let manifest = bundle.manifest
    let observations = replay.observations
    let coverage = Coverage.combining(
      captured: manifest.coverage, gaps: manifest.gaps, damages: replay.gaps)
    let identity = BundleIdentity(
      manifest, replayedTo: observations.end, policyDigest: policy.digest)
    // The rules need nothing of the reasoning, so the two go on at the same time.
    let parts: [Part]
    do {
      parts = try [Stage.reasoning, .rules].orderedParallelMap(width: plan.threads) { stage in
        guard case .reasoning = stage else {
          let (fired, failures) = try rules.alerts(over: observations, of: bundle)
          return .alerts(fired, failures: failures)
        }
        let detection = DetectionResult(
          of: observations, policy: policy, bundleID: manifest.bundleID)
        return .analysis(
          Reasoner(causes: policy.causes).analysis(
            of: observations, detection: detection, coverage: coverage, identity: identity))
      }
    } catch {
      throw AnalysisFailure(error, bundlePath: plan.bundlePath)
    }
    guard case .analysis(let reasoned) = parts[0], case .alerts(let alerts, let failures) = parts[1]
    else {
      preconditionFailure("BUG: stages out of order")
    }
    var analysis = reasoned.adding(
      newLogPatterns: BundlePatterns.newPatterns(of: replay.patterns))
    analysis.replayedAlerts = alerts
    // What this version does not read is a gap, but no damage.
    return AnalysisOutcome(
      analysis: analysis, damagedFiles: replay.gaps.count { $0.code != .unrecognised },
      failedRules: failures)
  }

  private enum Stage {
    case reasoning, rules
  }

  private enum Part {
    case analysis(Analysis)
    case alerts([ReplayedAlert], failures: [String])
  }

  private static func policy(in directory: String?) throws(AnalysisFailure) -> Policy {
    guard let directory else { return .builtIn() }
    do {
      return try Policy.load(directory: directory)
    } catch let error as PolicyError {
      throw .badPolicies(error)
    } catch {
      throw .badPlan(reason: "--policies \(directory): \(error)")
    }
  }

  private static func rules(of policy: Policy) throws(AnalysisFailure) -> PolicyRules {
    do {
      return try PolicyRules(policy)
    } catch let error as PolicyError {
      throw .badPolicies(error)
    } catch {
      throw .badPlan(reason: "the rules of the policies: \(error)")
    }
  }

  private static func replay(
    _ plan: AnalysisPlan
  ) throws(AnalysisFailure) -> (BundleReader, LoadedReplay) {
    do {
      let bundle = try BundleReader(path: plan.bundlePath)
      try checkSteps(of: plan, in: bundle.manifest.window)
      let loader = ReplayLoader(bundle, step: plan.step, threads: plan.threads)
      return (bundle, try loader.load(asOf: plan.asOf))
    } catch let error as AnalysisFailure {
      throw error
    } catch let error as ReplayError {
      throw .badPlan(reason: "--as-of: \(error)")
    } catch {
      throw AnalysisFailure(error, bundlePath: plan.bundlePath)
    }
  }

  private static func checkSteps(
    of plan: AnalysisPlan, in window: TimeRange
  ) throws(AnalysisFailure) {
    let steps = window.length.nanoseconds / max(1, plan.step.nanoseconds)
    guard steps > maximumSteps else { return }
    throw .badPlan(
      reason: "--step gives \(steps) steps in this window, at most \(maximumSteps) are allowed: "
        + "choose a longer step")
  }
}
