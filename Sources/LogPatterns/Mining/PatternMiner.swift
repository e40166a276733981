import Telemetry

/// Counts log lines by wording, one at a time, in bounded memory.
///
/// The result does not depend on the order of lines nor on how they are split between miners, since
/// nothing is generalised before `MinedPatterns` sees all wordings. Not for use by two threads at a
/// time; each may have its own, and `merge` puts them together.
public final class PatternMiner {
  private let preparation = LinePreparation()
  private let tokenizer = LineTokenizer()
  private(set) var table: WordingTable
  private(set) var occurrences = OccurrenceTable()
  private(set) var totals = MiningTotals()

  /// Makes a miner without lines.
  public init(limits: MiningLimits = .standard) {
    table = WordingTable(limits: limits)
  }

  /// Adds an event: a line, or the lines of a trace with newlines between.
  ///
  /// - Parameters:
  ///   - time: Nanoseconds, or any number that grows with time.
  ///   - stream: The number of what emits it, from 0.
  ///   - step: The step of time in which it is counted.
  ///   - level: The event's level when it is known; nil to use what the line states.
  ///   - lines: How many lines of the source the event has.
  /// - Returns: The level it was counted with.
  @discardableResult
  public func add(
    _ event: UnsafeRawBufferPointer, at time: Int64, stream: Int32 = 0, step: Int32 = 0,
    level: LogLevel? = nil, lines: Int = 1
  ) -> LogLevel {
    preparation.prepared(event) { line in
      tokenizer.split(line.bytes, from: line.start, to: line.end)
      let tokens = UnsafeBufferPointer(start: tokenizer.tokens, count: tokenizer.count)
      totals.add(lines: lines, isCut: tokenizer.isCut || event.count > LinePreparation.mostBytes)
      let index = table.index(of: Skeleton.hash(tokens)) { Skeleton(tokens, in: line.bytes) }
      let level = level ?? (line.level == .unknown ? LineLevel.level(of: event) : line.level)
      table.count(
        event, of: index, at: time, stream: stream, level: level, tokens: tokens, in: line.bytes)
      occurrences.add(1, wording: Int32(truncatingIfNeeded: index), stream: stream, step: step)
      return level
    }
  }

  /// The hash by which `MinedPatterns` finds the pattern of an event.
  func wording(of event: UnsafeRawBufferPointer) -> Int? {
    preparation.prepared(event) { line in
      tokenizer.split(line.bytes, from: line.start, to: line.end)
      let tokens = UnsafeBufferPointer(start: tokenizer.tokens, count: tokenizer.count)
      return table.counting(Skeleton.hash(tokens)) { Skeleton(tokens, in: line.bytes) }
    }
  }

  /// Adds what another miner counted.
  public func merge(_ other: PatternMiner) {
    var moved: [Int32: Int32] = [:]
    table.merge(other.table) { moved[Int32($0)] = Int32($1) }
    for row in other.occurrences.rows {
      guard let wording = moved[Int32(other.table.heir(of: Int(row.wording)))] else {
        preconditionFailure("BUG: lines counted under no wording")
      }
      occurrences.add(row.lines, wording: wording, stream: row.stream, step: row.step)
    }
    totals.merge(other.totals)
  }

  /// Ends the counting: what is over the limits goes to coarser counts.
  func finish() {
    table.finish()
  }
}

/// How many lines a miner saw, and of which it saw only a part.
public struct MiningTotals: Hashable, Sendable {
  /// Lines of the source.
  public private(set) var lines = 0
  /// Events: lines, a trace counting once.
  public private(set) var events = 0
  /// Events whose end was not looked at since they are very long.
  public private(set) var cut = 0

  mutating func add(lines: Int, isCut: Bool) {
    self.lines &+= lines
    events &+= 1
    if isCut { cut &+= 1 }
  }

  mutating func merge(_ other: MiningTotals) {
    lines &+= other.lines
    events &+= other.events
    cut &+= other.cut
  }
}
