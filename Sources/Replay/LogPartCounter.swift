import Telemetry

/// What one part of the logs holds: counts of lines, and examples of error lines.
struct LogPartCounts: Sendable {
  /// Lines per step, by stream and level.
  var rows: [LogRow: [Int32]] = [:]
  /// Error lines of different wording, by stream, in order of time.
  var examples: [Int: [WordedExample]] = [:]
}

/// One stream and level.
struct LogRow: Hashable, Sendable {
  let stream: Int
  let level: LogLevel
}

/// An error line and a hash of its letters, which similar lines share.
struct WordedExample: Sendable {
  let wording: UInt64
  let example: LogExample
}

/// Counts the lines of one part without making Strings of them.
struct LogPartCounter {
  /// How many error lines of different wording are kept for each stream of a part.
  static let examplesPerStream = 24
  /// How many bytes of an example are kept.
  static let exampleBytes = 512

  private let path: String
  private let clock: ReplayClock
  private let streamLevels: [LogLevel]
  private var lineNumber = 0
  private(set) var counts = LogPartCounts()

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
      return
    }
    let level = LineLevel.level(of: line, metadata: metadata, stream: streamLevels[stream])
    let row = LogRow(stream: stream, level: level)
    counts.rows[row, default: Array(repeating: 0, count: clock.count)][step] &+= 1
    if level.isError { keepExample(of: line, at: time, stream: stream) }
  }

  private mutating func keepExample(
    of line: UnsafeRawBufferPointer, at time: Timestamp, stream: Int
  ) {
    let wording = Self.wording(of: line)
    let kept = counts.examples[stream, default: []]
    guard kept.count < Self.examplesPerStream, !kept.contains(where: { $0.wording == wording })
    else { return }
    let text = Self.text(of: line)
    let example = LogExample(time: time, path: path, lineNumber: lineNumber, text: text)
    counts.examples[stream, default: []].append(
      WordedExample(wording: wording, example: example))
  }

  /// FNV-1a over the letters of words without digits, so that ids and numbers do not count.
  static func wording(of line: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var word: UInt64 = hash
    var isPlain = true
    for byte in line.prefix(400) {
      switch byte {
      case 0x41...0x5A, 0x61...0x7A:
        word = (word ^ UInt64(byte)) &* 0x100_0000_01B3
      case 0x30...0x39:
        isPlain = false
      default:
        if isPlain { hash = (hash ^ word) &* 0x100_0000_01B3 }
        word = 0xCBF2_9CE4_8422_2325
        isPlain = true
      }
    }
    return isPlain ? (hash ^ word) &* 0x100_0000_01B3 : hash
  }

  /// The line's text, cut on a character boundary.
  static func text(of line: UnsafeRawBufferPointer) -> String {
    var end = min(line.count, exampleBytes)
    while end > 0, end < line.count, line[end] & 0xC0 == 0x80 { end -= 1 }
    return String(decoding: line[..<end], as: UTF8.self)
  }
}
