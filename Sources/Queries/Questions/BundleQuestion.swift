import PromQL
import Telemetry

/// What is asked of a bundle.
public struct BundleQuestion: Sendable {
  /// The PromQL text.
  public var text: String
  /// The instants to evaluate at; nil chooses: the window in at most 250 round steps, or its end
  /// for an expression that has a value only at an instant.
  public var times: Times?
  /// How far back an instant selector looks, instead of as far as the recorded server did.
  public var lookback: TimeSpan?
  /// Whether a metric that the bundle does not hold is an error.
  public var isStrict: Bool

  /// Makes a question.
  public init(
    _ text: String, at times: Times? = nil, lookback: TimeSpan? = nil, isStrict: Bool = false
  ) {
    self.text = text
    self.times = times
    self.lookback = lookback
    self.isStrict = isStrict
  }

  /// When to evaluate.
  public enum Times: Hashable, Sendable {
    /// At one instant.
    case instant(Timestamp)
    /// From one instant to another, both included; nil for an end of the window, and for a round
    /// step that gives at most 250 of them.
    case range(from: Timestamp?, to: Timestamp?, step: TimeSpan?)
  }
}

/// The instants that a question is about.
public enum AskedTimes: Hashable, Sendable {
  /// One instant.
  case instant(Timestamp)
  /// A grid.
  case range(QueryGrid)

  /// The grid, of one instant where only one was asked.
  public var grid: QueryGrid {
    switch self {
    case .instant(let instant): QueryGrid(at: instant)
    case .range(let grid): grid
    }
  }

  /// Fills in what a question leaves open.
  ///
  /// - Throws: `BundleQueryError` when the times are no grid.
  init(
    _ times: BundleQuestion.Times?, for expression: Expression, window: TimeRange,
    scrapeInterval: TimeSpan?
  ) throws(BundleQueryError) {
    let isInstantOnly = expression.type == .matrix || expression.type == .string
    switch times {
    case .instant(let instant): self = .instant(instant)
    case nil where isInstantOnly: self = .instant(window.end)
    case nil:
      self = .range(try Self.grid(window.start, window.end, nil, scrapeInterval))
    case .range(let from, let to, let step):
      self = .range(
        try Self.grid(from ?? window.start, to ?? window.end, step, scrapeInterval))
    }
  }

  private static func grid(
    _ from: Timestamp, _ to: Timestamp, _ step: TimeSpan?, _ scrapeInterval: TimeSpan?
  ) throws(BundleQueryError) -> QueryGrid {
    guard from <= to else { throw .endBeforeStart(from, to) }
    let step = step ?? roundStep(for: to - from, atLeast: scrapeInterval)
    guard step >= TimeSpan(nanoseconds: 1_000_000) else { throw .badStep(step) }
    return QueryGrid(from: from, to: to, step: step)
  }

  /// The smallest round step, not finer than the scrapes, that gives at most 250 steps.
  static func roundStep(for length: TimeSpan, atLeast scrapeInterval: TimeSpan?) -> TimeSpan {
    let wanted = max(
      length.nanoseconds / 250, scrapeInterval?.nanoseconds ?? 0, TimeSpan.seconds(1).nanoseconds)
    let seconds: [Int64] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200,
    ]
    if let round = seconds.first(where: { $0 * 1_000_000_000 >= wanted }) {
      return .seconds(round)
    }
    let day = TimeSpan.seconds(86_400).nanoseconds
    return TimeSpan(nanoseconds: (wanted / day + (wanted % day == 0 ? 0 : 1)) * day)
  }
}
