import Telemetry

/// Mines one part of the logs of many streams; parts may be mined on several threads.
///
/// An event may begin in one part and end in the next. So the first lines of a stream that might
/// go on with what another part left open are kept, and so is the event that is open at the end;
/// `PatternCounts.init(joining:)` puts them together as if all had been read in one piece.
public struct PartMiner {
  private let miner: PatternMiner
  private var streams: [StreamEdges] = []

  /// Makes a miner for one part.
  public init(limits: MiningLimits = .standard) {
    miner = PatternMiner(limits: limits)
  }

  /// Adds a line of a stream, whose lines come in their order.
  public mutating func add(_ line: UnsafeRawBufferPointer, _ facts: LineFacts, stream: Int) {
    while streams.count <= stream { streams.append(StreamEdges()) }
    streams[stream].add(line, facts) { event, facts, lines in
      miner.add(event, facts, stream: Int32(truncatingIfNeeded: stream), lines: lines)
    }
  }

  /// What was counted, and what is open at both ends.
  public func finish() -> PartPatterns {
    PartPatterns(counts: miner.counts, streams: streams)
  }
}

/// What one part of the logs held.
public struct PartPatterns: Sendable {
  let counts: PatternCounts
  let streams: [StreamEdges]
}

extension PatternCounts {
  /// The counts of parts, in the order of their lines.
  public init(joining parts: [PartPatterns]) {
    let edges = PatternMiner()
    var open: [EventAssembler] = []
    self.init()
    for part in parts {
      merge(part.counts)
      while open.count < part.streams.count { open.append(EventAssembler()) }
      for (stream, lines) in part.streams.enumerated() {
        let emit = { (event: UnsafeRawBufferPointer, facts: LineFacts, lines: Int) in
          edges.add(event, facts, stream: Int32(truncatingIfNeeded: stream), lines: lines)
        }
        for line in lines.head {
          line.bytes.withUnsafeBytes { open[stream].add($0, line.facts, emit: emit) }
        }
        guard !lines.isHead else { continue }
        open[stream].finish(emit: emit)
        open[stream] = lines.open
      }
    }
    for stream in open.indices {
      open[stream].finish { event, facts, lines in
        edges.add(event, facts, stream: Int32(truncatingIfNeeded: stream), lines: lines)
      }
    }
    merge(edges.counts)
  }
}

/// The lines of one stream in one part: its beginning as lines, its end as an open event.
struct StreamEdges: Sendable {
  /// A line of the beginning.
  struct Line: Sendable {
    let bytes: [UInt8]
    let facts: LineFacts
  }

  /// The first line and those behind it that might belong to its event.
  private(set) var head: [Line] = []
  /// Whether the part has no other lines.
  private(set) var isHead = true
  /// The event open at the end, when there are other lines.
  private(set) var open = EventAssembler()

  mutating func add(
    _ line: UnsafeRawBufferPointer, _ facts: LineFacts,
    emit: (UnsafeRawBufferPointer, LineFacts, Int) -> Void
  ) {
    if isHead {
      let mayContinue =
        head.last.map { last in
          last.bytes.withUnsafeBytes { EventAssembler.mayContinue(line, after: $0) }
        } ?? true
      if mayContinue {
        head.append(Line(bytes: Array(line), facts: facts))
        return
      }
      isHead = false
    }
    open.add(line, facts, emit: emit)
  }
}
