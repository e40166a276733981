import Canonical
import LogQL
import PromQL
import Telemetry

/// What is asked of a bundle's logs.
public struct LogQuestion: Sendable {
  /// The LogQL text.
  public var text: String
  /// The time; nil for the window, in at most 250 round steps where steps are needed.
  public var times: BundleQuestion.Times?
  /// How many lines are wanted at most; at least 1.
  public var limit: Int
  /// Whether the latest lines are wanted, the last first, or the earliest.
  public var direction: LogEngine.Direction

  /// Makes a question; limit and direction are those of Loki and logcli.
  public init(
    _ text: String, at times: BundleQuestion.Times? = nil, limit: Int = 100,
    direction: LogEngine.Direction = .backward
  ) {
    self.text = text
    self.times = times
    self.limit = limit
    self.direction = direction
  }
}

/// The time that a question about logs is about.
public enum LogTimes: Hashable, Sendable {
  /// Lines from one instant up to another, which does not belong to them.
  case lines(from: Timestamp, to: Timestamp)
  /// Series at one instant.
  case instant(Timestamp)
  /// Series over a grid.
  case grid(QueryGrid)

  /// The grid of series; of one instant where only one was asked.
  public var grid: QueryGrid {
    switch self {
    case .lines(let from, _): QueryGrid(at: from)
    case .instant(let instant): QueryGrid(at: instant)
    case .grid(let grid): grid
    }
  }

  /// The first and the last instant.
  var ends: (first: Timestamp, last: Timestamp) {
    switch self {
    case .lines(let from, let to): (from, to)
    case .instant(let instant): (instant, instant)
    case .grid(let grid):
      (Timestamp(milliseconds: grid.start), Timestamp(milliseconds: grid.end))
    }
  }
}

/// The answer to a question about logs.
public struct LogAnswer: Sendable {
  /// The query that was asked.
  public let query: LogQuery
  /// For which time.
  public let times: LogTimes
  /// The value.
  public let value: Value
  /// What may make the answer wrong, each once, sorted.
  public let warnings: [String]
  /// What a person should know, each once, sorted.
  public let infos: [String]
  /// Entries that the question needed and that are damaged, missing or malformed, sorted.
  public let damages: [CoverageGap]

  /// Lines or series.
  public enum Value: Sendable {
    /// Of a log query.
    case lines(LogLines)
    /// Of a metric query.
    case metrics(LogMetrics)
  }
}

/// Why a question about logs has no answer.
public enum LogQuestionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The query is wrong or its evaluation failed.
  case query(LogQueryError)
  /// The times are no grid.
  case times(BundleQueryError)
  /// Lines were asked for at an instant.
  case linesAtInstant
  /// The bundle has no log lines at all.
  case noLogs

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .query(let error): error.description
    case .times(let error): error.description
    case .linesAtInstant:
      "log queries are not supported as an instant query type: ask with --from and --to, or for a"
        + " metric such as count_over_time"
    case .noLogs: "the bundle holds no log lines: `inspect` tells what it was made of"
    }
  }
}
