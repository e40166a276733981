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
  ///
  /// - Parameter isFull: Whether alerts are replayed and new log patterns looked for as well, which
  ///   a score and a timeline do without.
  static func analyze(
    _ plan: AnalysisPlan, isFull: Bool = true
  ) throws(AnalysisFailure) -> AnalysisOutcome {
    let policy = try policy(in: plan.policiesDirectory)
    let rules = try rules(of: policy)
    let (bundle, replay) = try replay(plan)
    let run = StagedRun(policy: policy, rules: rules, bundle: bundle, replay: replay)
    do {
      return try run.outcome(isFull: isFull, threads: plan.threads)
    } catch {
      throw AnalysisFailure(error, bundlePath: plan.bundlePath)
    }
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
