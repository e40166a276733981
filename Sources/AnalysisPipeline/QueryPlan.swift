import Queries
import Telemetry

/// One query as the command line asks it.
public struct QueryPlan: Sendable {
  /// The bundle's path.
  public var bundlePath: String
  /// What is asked.
  public var question: BundleQuestion
  /// How many series people are shown, at least 1; JSON always holds all.
  public var limit: Int
  /// Threads that may be used; decides how long it takes, never what comes out.
  public var threads: Int

  /// Makes a plan.
  ///
  /// - Parameters:
  ///   - instant: The instant to evaluate at; not together with any of the next three.
  ///   - from: The first instant of a range.
  ///   - to: The last instant of a range.
  ///   - step: The time between its instants.
  public init(
    bundlePath: String, promQL: String, at instant: Timestamp? = nil, from: Timestamp? = nil,
    to: Timestamp? = nil, step: TimeSpan? = nil, lookback: TimeSpan? = nil, limit: Int = 20,
    isStrict: Bool = false, threads: Int = 1
  ) {
    self.bundlePath = bundlePath
    self.limit = limit
    self.threads = threads
    let isRange = from != nil || to != nil || step != nil
    let times: BundleQuestion.Times? =
      instant.map { .instant($0) } ?? (isRange ? .range(from: from, to: to, step: step) : nil)
    question = BundleQuestion(promQL, at: times, lookback: lookback, isStrict: isStrict)
  }
}
