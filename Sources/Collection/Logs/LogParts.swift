import BundleStore
import Canonical
import JSONStream
import Telemetry

/// Writes a log store as entries: the table of streams, and parts of about 4 MiB in order of time.
struct LogParts {
  /// Bytes of text after which a part ends.
  private static let partBytes = 4 << 20
  /// What a line costs beside its text and metadata: keys, time, stream.
  private static let lineOverhead = 48

  private let store: LogStore
  private let source: SourceKind
  private let ranges: [Range<Int>]

  /// Plans the parts; `source` is Loki, or the export itself when all lines are of plain files.
  init(_ store: LogStore, source: SourceKind) {
    self.store = store
    self.source = source
    ranges = Self.ranges(of: store)
  }

  /// Gives every entry to `emit`; does nothing for a store without lines.
  func write(width: Int, emit: (CollectedEntry) throws -> Void) throws -> LogParts {
    guard !store.records.isEmpty else { return self }
    try emit(streams())
    // A few at a time: a finished part leaves as soon as its neighbours are done.
    for start in stride(from: 0, to: ranges.count, by: max(1, width)) {
      let numbers = Array(start..<min(start + max(1, width), ranges.count))
      for entry in try numbers.orderedParallelMap(width: width, { part($0) }) { try emit(entry) }
    }
    return self
  }

  /// The parts that hold lines of an interval.
  func paths(covering span: ClosedRange<Int64>?) -> [String] {
    guard let span else { return [] }
    return ranges.indices.filter { number in
      let records = store.records[ranges[number]]
      guard let first = records.first, let last = records.last else { return false }
      return (first.nanoseconds...last.nanoseconds).overlaps(span)
    }.map(Self.path)
  }

  private static func path(_ number: Int) -> String {
    let digits = String(number)
    return "logs/part-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits).jsonl"
  }

  /// The streams in the shape of Loki's `/series`; a stream's number is its place.
  private func streams() -> CollectedEntry {
    var output = Array("{\"status\":\"success\",\"data\":[".utf8)
    for (number, labels) in store.streams.enumerated() {
      output.append(contentsOf: (number > 0 ? ",\n" : "\n").utf8)
      let members = labels.labels.map { JSONMember(key: $0.name, value: .string($0.value)) }
      output.append(contentsOf: Canonical.json(.object(members), isPretty: false).dropLast())
    }
    output.append(contentsOf: "\n]}\n".utf8)
    return CollectedEntry(
      path: "logs/streams.json", role: .logStreams, source: source, records: store.streams.count,
      content: output)
  }

  private func part(_ number: Int) -> CollectedEntry {
    let records = store.records[ranges[number]]
    var output: [UInt8] = []
    output.reserveCapacity(Self.partBytes + Self.partBytes / 8)
    for record in records {
      store.withText(of: record) { text in
        LogPart.append(
          nanoseconds: record.nanoseconds, stream: Int(record.stream), line: text,
          metadata: store.metadata[Int(record.metadata)], to: &output)
      }
    }
    return CollectedEntry(
      path: Self.path(number), role: .logs, source: source, records: records.count,
      firstTime: records.first.map { Timestamp(nanoseconds: $0.nanoseconds) },
      lastTime: records.last.map { Timestamp(nanoseconds: $0.nanoseconds) }, content: output)
  }

  private static func ranges(of store: LogStore) -> [Range<Int>] {
    let metadataBytes = store.metadata.map { labels in
      labels.labels.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 6 }
    }
    var ranges: [Range<Int>] = []
    var start = 0
    var bytes = 0
    for (index, record) in store.records.enumerated() {
      bytes += Int(record.length) + lineOverhead + metadataBytes[Int(record.metadata)]
      guard bytes >= partBytes else { continue }
      ranges.append(start..<index + 1)
      start = index + 1
      bytes = 0
    }
    if start < store.records.count { ranges.append(start..<store.records.count) }
    return ranges
  }
}
