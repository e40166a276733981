import Telemetry

/// Finds the lines of a log query while entries go by.
///
/// Backward, the last lines of a segment are kept as they stand, and only those that are wanted in
/// the end become texts and labels.
final class LineSearch {
  /// What was found, in the order that was asked for.
  private(set) var found: [FoundLine] = []
  /// What was read.
  private(set) var statistics = LogStatistics()
  private let run: PipelineRun
  private let streams: [LabelSet]
  private let isWanted: [Bool]
  private let limit: Int
  private let limits: LogLimits
  private let direction: LogEngine.Direction
  /// The last lines of the segment at hand; a ring once it is full.
  private var ring: [KeptEntry] = []
  private var ringStart = 0
  private var heldBytes = 0

  /// An entry as it stands.
  private struct KeptEntry {
    let nanoseconds: Int64
    let stream: Int
    let line: [UInt8]
    let metadata: [UInt8]

    init(_ entry: LogEntry) {
      nanoseconds = entry.nanoseconds
      stream = entry.stream
      line = Array(entry.line)
      metadata = Array(entry.metadata)
    }

    var size: Int { line.count + metadata.count }
  }

  init(
    _ selector: LogSelector, streams: [LabelSet], limit: Int, direction: LogEngine.Direction,
    limits: LogLimits
  ) throws(LogQueryError) {
    self.streams = streams
    self.limit = limit
    self.direction = direction
    self.limits = limits
    run = PipelineRun(try LogPipeline(selector.stages), demand: .everything)
    isWanted = streams.map { labels in
      selector.matchers.allSatisfy { $0.isSatisfied(by: labels) }
    }
  }

  /// Whether as many lines were found as were wanted.
  var isFull: Bool { found.count >= limit }

  /// Adds an entry; whether more are wanted.
  func add(_ entry: LogEntry) throws -> Bool {
    guard isWanted[entry.stream] else { return true }
    statistics.lines += 1
    statistics.bytes += entry.line.count
    guard try run.passesFilters(entry.line) else { return true }
    if direction == .forward {
      if let line = try foundLine(entry) {
        statistics.passed += 1
        found.append(line)
        try hold(line.line.count)
      }
      return !isFull
    }
    guard try passesStages(entry) else { return true }
    statistics.passed += 1
    try keep(KeptEntry(entry))
    return true
  }

  private func passesStages(_ entry: LogEntry) throws -> Bool {
    guard run.hasStages else { return true }
    run.begin(entry, streamLabels: streams[entry.stream])
    return try run.line(of: entry) != nil
  }

  private func foundLine(_ entry: LogEntry) throws -> FoundLine? {
    run.begin(entry, streamLabels: streams[entry.stream])
    guard let line = try run.line(of: entry) else { return nil }
    return FoundLine(nanoseconds: entry.nanoseconds, labels: run.labels.all, line: Array(line))
  }

  private func keep(_ entry: KeptEntry) throws(LogQueryError) {
    if ring.count < limit - found.count {
      ring.append(entry)
    } else {
      heldBytes -= ring[ringStart].size
      ring[ringStart] = entry
      ringStart = (ringStart + 1) % ring.count
    }
    try hold(entry.size)
  }

  private func hold(_ bytes: Int) throws(LogQueryError) {
    heldBytes += bytes
    guard heldBytes <= limits.lineBytes else {
      throw .budget(what: "bytes of lines held for the answer", limit: limits.lineBytes)
    }
  }

  /// Ends a segment: what is left of it becomes part of the answer.
  func endSegment() throws {
    guard direction == .backward else { return }
    for entry in (ring[ringStart...] + ring[..<ringStart]).reversed() {
      let line = try entry.line.withUnsafeBytes { line in
        try entry.metadata.withUnsafeBytes { metadata in
          try foundLine(
            LogEntry(
              nanoseconds: entry.nanoseconds, stream: entry.stream, line: line, metadata: metadata))
        }
      }
      if let line { found.append(line) }
    }
    ring = []
    ringStart = 0
  }
}
