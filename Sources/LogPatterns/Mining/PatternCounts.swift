import Telemetry

/// What miners counted: events by wording, stream and step.
public struct PatternCounts: Sendable {
  private(set) var table: WordingTable
  private(set) var occurrences = OccurrenceTable()
  /// How much was read.
  public private(set) var totals = MiningTotals()

  /// Counts without events.
  public init(limits: MiningLimits = .standard) {
    table = WordingTable(limits: limits)
  }

  /// Adds an event that was split into tokens.
  mutating func add(
    _ event: UnsafeRawBufferPointer, _ line: SplitLine, _ facts: LineFacts, stream: Int32,
    lines: Int
  ) {
    totals.add(lines: lines, isCut: line.isCut)
    let index = table.index(of: Skeleton.hash(line.tokens)) {
      Skeleton(line.tokens, in: line.bytes)
    }
    let level =
      facts.level ?? (line.level == .unknown ? LineLevel.level(of: event) : line.level)
    table.count(
      event, of: index, at: facts.time, stream: stream, level: level, tokens: line.tokens,
      in: line.bytes)
    occurrences.add(
      1, wording: Int32(truncatingIfNeeded: index), stream: stream, step: facts.step)
  }

  /// Adds what another miner counted.
  public mutating func merge(_ other: PatternCounts) {
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
  mutating func finish() {
    table.finish()
  }
}

/// How many lines were read, and of which only a part.
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
