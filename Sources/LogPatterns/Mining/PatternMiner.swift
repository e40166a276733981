import Telemetry

/// Counts log events by wording, one at a time, in bounded memory.
///
/// The result does not depend on the order of events nor on how they are split between miners,
/// since nothing is generalised before `MinedPatterns` sees all wordings. Not for use by two
/// threads; each may have its own, and `PatternCounts.merge` puts them together.
public final class PatternMiner {
  private let splitter = LineSplitter()
  /// What was counted so far.
  public private(set) var counts: PatternCounts

  /// Makes a miner without events.
  public init(limits: MiningLimits = .standard) {
    counts = PatternCounts(limits: limits)
  }

  /// Adds an event: a line, or the lines of a trace with newlines between.
  ///
  /// - Parameters:
  ///   - stream: The number of what emits it, from 0.
  ///   - lines: How many lines of the source the event has.
  public func add(
    _ event: UnsafeRawBufferPointer, _ facts: LineFacts, stream: Int32 = 0, lines: Int = 1
  ) {
    splitter.split(event) { line in
      counts.add(event, line, facts, stream: stream, lines: lines)
    }
  }
}

/// A line as tokens.
struct SplitLine {
  let tokens: UnsafeBufferPointer<Token>
  /// The bytes that the tokens point into.
  let bytes: UnsafeRawBufferPointer
  /// The level that the header states.
  let level: LogLevel
  /// Whether the line was longer than is looked at.
  let isCut: Bool
}

/// Prepares lines and splits them.
final class LineSplitter {
  private let preparation = LinePreparation()
  private let tokenizer = LineTokenizer()

  /// Gives `body` the tokens of an event; they are valid during the call.
  func split<Value>(_ event: UnsafeRawBufferPointer, _ body: (SplitLine) -> Value) -> Value {
    preparation.prepared(event) { line in
      tokenizer.split(line.bytes, from: line.start, to: line.end)
      return body(
        SplitLine(
          tokens: UnsafeBufferPointer(start: tokenizer.tokens, count: tokenizer.count),
          bytes: line.bytes, level: line.level,
          isCut: tokenizer.isCut || event.count > LinePreparation.mostBytes))
    }
  }
}
