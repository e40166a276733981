import LogPatterns
import Telemetry

/// The patterns of a log, with what is known of each.
public struct PatternReport: Sendable {
  /// What was read: a bundle's id, or a file's path.
  public let source: String
  /// The time that a bundle covers; nil for a log file.
  public let window: TimeRange?
  /// The time between steps; nil for a log file.
  public let step: TimeSpan?
  /// The patterns, in the order to show them.
  public let rows: [PatternRow]
  /// What was read and what was left out.
  public let totals: PatternTotals

  /// Makes a report.
  public init(
    source: String, window: TimeRange?, step: TimeSpan? = nil, rows: [PatternRow],
    totals: PatternTotals
  ) {
    self.step = step
    self.source = source
    self.window = window
    self.rows = rows
    self.totals = totals
  }
}

/// One pattern and who emits it when.
public struct PatternRow: Sendable {
  /// The pattern.
  public let pattern: LogPattern
  /// What emits it, sorted; empty for a log file.
  public let services: [String]
  /// How it changed over the window; nil for a log file.
  public let change: PatternChange?
  /// Ids of similar patterns, the most similar first.
  public let similar: [String]

  /// The streams that emit it with their events, the busiest first; empty for a log file.
  public let streams: [PatternStream]
  /// Events in each step of the window; empty for a log file.
  public let steps: [Int]

  /// Makes a row.
  public init(
    pattern: LogPattern, services: [String] = [], change: PatternChange? = nil,
    similar: [String] = [], streams: [PatternStream] = [], steps: [Int] = []
  ) {
    self.streams = streams
    self.steps = steps
    self.pattern = pattern
    self.services = services
    self.change = change
    self.similar = similar
  }
}

/// A stream that emits a pattern.
public struct PatternStream: Hashable, Sendable {
  /// Its labels.
  public let labels: LabelSet
  /// Its events of the pattern.
  public let count: Int

  /// Makes a stream.
  public init(labels: LabelSet, count: Int) {
    self.labels = labels
    self.count = count
  }
}

/// Counts of lines, none left out silently.
public struct PatternTotals: Hashable, Sendable {
  /// Lines and events that were counted.
  public let mined: MiningTotals
  /// Events counted by their first words only, since there were too many wordings.
  public let coarse: Int
  /// Lines of which only the beginning was kept by the reader.
  public let shortened: Int
  /// Lines outside the window or of unknown streams, which count nowhere.
  public let outside: Int

  /// Makes totals.
  public init(mined: MiningTotals, coarse: Int, shortened: Int = 0, outside: Int = 0) {
    self.mined = mined
    self.coarse = coarse
    self.shortened = shortened
    self.outside = outside
  }

  /// Sentences about what is counted less closely than the rest; empty when nothing is.
  var remarks: [String] {
    var remarks: [String] = []
    if coarse > 0 {
      remarks.append(
        "\(coarse) lines have too many different wordings and are counted by their first words")
    }
    if mined.cut > 0 {
      remarks.append("\(mined.cut) lines are very long; their pattern is that of their beginning")
    }
    if shortened > 0 {
      remarks.append("\(shortened) lines were longer than a mebibyte; the rest of them was skipped")
    }
    if outside > 0 {
      remarks.append("\(outside) lines lie outside the window and are not counted")
    }
    return remarks
  }
}
