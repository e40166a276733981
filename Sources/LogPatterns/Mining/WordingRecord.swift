import Telemetry

/// What the lines of one wording had in common and how they differed.
struct WordingRecord: Sendable {
  /// Bytes kept of an example line.
  static let exampleBytes = 1024

  /// Lines, a trace of several counting once.
  private(set) var lines = 0
  /// Lines by level, in the order of `LogLevel`.
  private(set) var levels = Array(repeating: 0, count: LogLevel.allCases.count)
  /// The time of the first line, in nanoseconds.
  private(set) var first = Int64.max
  /// The time of the last line, in nanoseconds.
  private(set) var last = Int64.min
  /// The first line; among those of one time, the one whose hash is smallest.
  private(set) var example: [UInt8] = []
  private(set) var exampleStream: Int32 = 0
  private var exampleHash = UInt64.max
  /// What each variable position had.
  private(set) var sketches: [ValueSketch]

  init(variables: Int) {
    sketches = Array(repeating: ValueSketch(), count: variables)
  }

  /// Counts a line.
  mutating func add(_ line: UnsafeRawBufferPointer, at time: Int64, stream: Int32, level: LogLevel)
  {
    lines &+= 1
    levels[Int(level.rawValue)] &+= 1
    if time > last { last = time }
    if time <= first { keepExample(line, time, stream) }
  }

  /// Adds the value of a variable position.
  mutating func insert(
    _ hash: UInt64, into variable: Int, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int
  ) {
    sketches[variable].insert(hash, bytes, start, end)
  }

  /// Adds the lines of another record; positions are those of the same wording, or are left out.
  mutating func merge(_ other: WordingRecord, sameWording: Bool) {
    lines &+= other.lines
    for index in levels.indices { levels[index] &+= other.levels[index] }
    last = max(last, other.last)
    if (other.first, other.exampleHash) < (first, exampleHash) {
      first = other.first
      example = other.example
      exampleStream = other.exampleStream
      exampleHash = other.exampleHash
    }
    guard sameWording, sketches.count == other.sketches.count else { return }
    for index in sketches.indices { sketches[index].merge(other.sketches[index]) }
  }

  private mutating func keepExample(
    _ line: UnsafeRawBufferPointer, _ time: Int64, _ stream: Int32
  ) {
    let hash = ByteHash.hash(line, 0, line.count) ^ UInt64(UInt32(bitPattern: stream))
    guard time < first || hash < exampleHash else { return }
    first = time
    exampleHash = hash
    exampleStream = stream
    example = Array(line.prefix(Self.exampleBytes))
  }
}
