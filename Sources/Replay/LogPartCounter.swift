import LogPatterns
import Telemetry

/// What one part of the logs holds: counts of lines, and examples of error lines.
struct LogPartCounts: Sendable {
  /// Lines per step, by stream and level.
  var rows: [LogRow: [Int32]] = [:]
  /// Error lines of different wording, by stream, in order of time.
  var examples: [Int: [WordedExample]] = [:]
  /// What the lines say, by pattern.
  var patterns: PartPatterns?
  /// Lines outside the window or of unknown streams, which count nowhere.
  var outside = 0
}

/// One stream and level.
struct LogRow: Hashable, Sendable {
  let stream: Int
  let level: LogLevel
}

/// An error line, its wording, and which tenth step saw it.
struct WordedExample: Sendable {
  let wording: UInt64
  let slot: Int
  let example: LogExample
}

extension [WordedExample] {
  /// Whether a line of this wording, or of this time, would show something new.
  func lacks(wording: UInt64, slot: Int) -> Bool {
    !contains { $0.wording == wording } || !contains { $0.slot == slot }
  }
}

/// Counts the lines of one part without making Strings of them.
struct LogPartCounter {
  /// How many error lines are kept for each stream of a part.
  static let examplesPerStream = 32
  /// How many bytes of an example are kept.
  static let exampleBytes = 512

  private let path: String
  private let clock: ReplayClock
  private let streamLevels: [LogLevel]
  private var lineNumber = 0
  private var miner = PartMiner()
  private var totals = LogPartCounts()

  init(path: String, clock: ReplayClock, streams: [LabelSet]) {
    self.path = path
    self.clock = clock
    streamLevels = streams.map(LineLevel.level(ofStream:))
  }

  /// Adds one line; lines outside the window and of unknown streams are left out.
  mutating func add(
    at nanoseconds: Int64, stream: Int, line: UnsafeRawBufferPointer,
    metadata: UnsafeRawBufferPointer
  ) {
    lineNumber += 1
    let time = Timestamp(nanoseconds: nanoseconds)
    let step = clock.index(seeing: time)
    guard step < clock.count, time >= clock.start, streamLevels.indices.contains(stream) else {
      totals.outside += 1
      return
    }
    let level = LineLevel.level(of: line, metadata: metadata, stream: streamLevels[stream])
    let row = LogRow(stream: stream, level: level)
    totals.rows[row, default: Array(repeating: 0, count: clock.count)][step] &+= 1
    miner.add(
      line,
      LineFacts(time: nanoseconds, step: Int32(truncatingIfNeeded: step), level: level),
      stream: stream)
    if level.isError { keepExample(of: line, at: time, slot: step / 10, stream: stream) }
  }

  /// What was counted.
  var counts: LogPartCounts {
    var counts = totals
    counts.patterns = miner.finish()
    return counts
  }

  private mutating func keepExample(
    of line: UnsafeRawBufferPointer, at time: Timestamp, slot: Int, stream: Int
  ) {
    let wording = LogWording.digest(of: line)
    let kept = totals.examples[stream, default: []]
    guard kept.count < Self.examplesPerStream, kept.lacks(wording: wording, slot: slot) else {
      return
    }
    let text = Self.text(of: line)
    let example = LogExample(time: time, path: path, lineNumber: lineNumber, text: text)
    totals.examples[stream, default: []].append(
      WordedExample(wording: wording, slot: slot, example: example))
  }

  /// The line's text, cut on a character boundary.
  static func text(of line: UnsafeRawBufferPointer) -> String {
    var end = min(line.count, exampleBytes)
    while end > 0, end < line.count, line[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: line[..<end], as: UTF8.self)
  }
}
