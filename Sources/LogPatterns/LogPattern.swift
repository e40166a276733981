import Telemetry

/// A template that log lines share, and what was counted of them.
public struct LogPattern: Sendable {
  /// The first 16 hexadecimal digits of the SHA-256 of `template`.
  public let id: String
  /// The text with `<*>` for every value.
  public let template: String
  /// Events, a trace of several lines counting once.
  public let count: Int
  /// Events by level, in the order of `LogLevel`.
  public let levels: [Int]
  /// The time of the first event, as it was given to the miner.
  public let first: Int64
  /// The time of the last event.
  public let last: Int64
  /// The first event, at most 1 KiB of it.
  public let example: [UInt8]
  /// The stream of the first event.
  public let exampleStream: Int32
  /// What stood at each `<*>` of the template, in order.
  public let variables: [PatternVariable]
  /// Events by stream and step, sorted.
  public let occurrences: [PatternOccurrence]

  /// The share of events at level error or fatal, 0…1.
  public var errorShare: Double { share { $0.isError } }

  /// The share of events at level warning or above, 0…1.
  public var warningShare: Double { share { $0 >= .warning } }

  private func share(_ isCounted: (LogLevel) -> Bool) -> Double {
    guard count > 0 else { return 0 }
    let counted = LogLevel.allCases.filter(isCounted).map { levels[Int($0.rawValue)] }
    return Double(counted.reduce(0, +)) / Double(count)
  }
}

/// The values of one variable position.
public struct PatternVariable: Hashable, Sendable {
  /// At most three values, by hash; each at most 64 bytes.
  public let examples: [[UInt8]]
  /// How many different values there were.
  public let cardinality: Int
  /// Whether `cardinality` is exact, not estimated.
  public let isExact: Bool
}

/// Events of a pattern in one stream and step.
public struct PatternOccurrence: Hashable, Sendable, Comparable {
  /// The number of the stream.
  public let stream: Int32
  /// The number of the step.
  public let step: Int32
  /// Events, at least 1.
  public let count: Int

  /// Sorts by stream, then step.
  public static func < (left: PatternOccurrence, right: PatternOccurrence) -> Bool {
    (left.stream, left.step) < (right.stream, right.step)
  }
}
