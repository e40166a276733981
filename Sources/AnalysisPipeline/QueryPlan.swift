import Queries
import Telemetry

/// One query as the command line asks it.
public struct QueryPlan: Sendable {
  /// The bundle's path.
  public var bundlePath: String
  /// What is asked, in either language.
  public var question: Question
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
    let times = Self.times(instant, from, to, step)
    question = .metrics(
      BundleQuestion(promQL, at: times, lookback: lookback, isStrict: isStrict))
  }

  /// Makes a plan for the logs.
  ///
  /// - Parameters:
  ///   - instant: The instant to evaluate a metric query at; not together with any of the next
  ///     three.
  ///   - from: The first instant.
  ///   - to: The last instant; for lines the first one behind them.
  ///   - step: The time between the instants of a metric query.
  ///   - lineLimit: How many lines are wanted at most, at least 1.
  ///   - limit: How many series people are shown.
  public init(
    bundlePath: String, logQL: String, at instant: Timestamp? = nil, from: Timestamp? = nil,
    to: Timestamp? = nil, step: TimeSpan? = nil, lineLimit: Int = 100, limit: Int = 20,
    readsForward: Bool = false
  ) {
    self.bundlePath = bundlePath
    self.limit = limit
    threads = 1
    let times = Self.times(instant, from, to, step)
    question = .logs(
      LogQuestion(
        logQL, at: times, limit: lineLimit, direction: readsForward ? .forward : .backward))
  }

  private static func times(
    _ instant: Timestamp?, _ from: Timestamp?, _ to: Timestamp?, _ step: TimeSpan?
  ) -> BundleQuestion.Times? {
    if let instant { return .instant(instant) }
    return from != nil || to != nil || step != nil ? .range(from: from, to: to, step: step) : nil
  }

  /// What is asked, of metrics or of logs.
  public enum Question: Sendable {
    /// PromQL.
    case metrics(BundleQuestion)
    /// LogQL.
    case logs(LogQuestion)
  }
}
