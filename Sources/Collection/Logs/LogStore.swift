import Canonical
import Telemetry

/// All log lines of a bundle: sorted by time, stream, line and metadata, and each once.
///
/// A line that several answers hold (pages that overlap, filtered queries, parsed and categorised
/// answers) counts as often as the answer that holds it most often: repeats within one answer are
/// real. Of its copies, those with the most structured metadata are kept.
struct LogStore: Sendable {
  /// One line; its text stands in `arenas`.
  struct Record: Sendable {
    let nanoseconds: Int64
    var stream: Int32
    /// Which arena holds the text; before redaction, also which extract the line came from.
    var arena: Int32
    var offset: UInt32
    var length: UInt32
    /// An index of `metadata`.
    let metadata: Int32
  }

  /// The streams that have lines, sorted by labels.
  private(set) var streams: [LabelSet]
  private(set) var records: [Record] = []
  private(set) var metadata: [LabelSet] = []
  private(set) var arenas: [[UInt8]]
  /// How many lines each extract contributed that no extract of a better rank holds.
  private(set) var contributions: [Int]

  /// How many lines of each extract also stand in another one.
  private(set) var shared: [Int]

  /// Merges extracts; of copies of a line, that of the extract with the lowest rank is its origin.
  init(_ extracts: [LogExtract], ranks: [Int]) {
    arenas = extracts.map(\.text)
    contributions = Array(repeating: 0, count: extracts.count)
    shared = contributions
    streams = Set(extracts.flatMap(\.streams)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: streams.enumerated().map { ($1, Int32($0)) })
    for (index, extract) in extracts.enumerated() {
      let base = Int32(clamping: metadata.count)
      metadata.append(contentsOf: extract.metadata)
      let global = extract.streams.map { numbers[$0] ?? 0 }
      records.reserveCapacity(records.count + extract.lines.count)
      for line in extract.lines {
        records.append(
          Record(
            nanoseconds: line.nanoseconds, stream: global[Int(line.stream)],
            arena: Int32(clamping: index), offset: line.offset, length: line.length,
            metadata: base + line.metadata))
      }
    }
    sort()
    collapse(ranks)
    dropUnusedStreams()
  }

  /// Calls `body` with the text of a line.
  func withText<Value>(
    of record: Record, _ body: (UnsafeRawBufferPointer) throws -> Value
  ) rethrows -> Value {
    try arenas[Int(record.arena)].withUnsafeBytes {
      let start = Int(record.offset)
      return try body(UnsafeRawBufferPointer(rebasing: $0[start..<start + Int(record.length)]))
    }
  }

  private mutating func sort() {
    let store = self
    records.sort { store.precedes($0, $1) }
  }

  private func precedes(_ left: Record, _ right: Record) -> Bool {
    if left.nanoseconds != right.nanoseconds { return left.nanoseconds < right.nanoseconds }
    if left.stream != right.stream { return left.stream < right.stream }
    if let order = textOrder(left, right) { return order }
    if left.metadata == right.metadata {
      return (left.arena, left.offset) < (right.arena, right.offset)
    }
    let (leftLabels, rightLabels) = (metadata[Int(left.metadata)], metadata[Int(right.metadata)])
    if leftLabels != rightLabels { return leftLabels < rightLabels }
    return (left.arena, left.offset) < (right.arena, right.offset)
  }

  /// Whether the left text sorts first; nil when both have the same bytes.
  private func textOrder(_ left: Record, _ right: Record) -> Bool? {
    withText(of: left) { leftText in
      withText(of: right) { rightText in
        if leftText.count == rightText.count, leftText.elementsEqual(rightText) { return nil }
        return leftText.lexicographicallyPrecedes(rightText)
      }
    }
  }

  private func isCopy(_ left: Record, _ right: Record) -> Bool {
    left.nanoseconds == right.nanoseconds && left.stream == right.stream
      && left.length == right.length && textOrder(left, right) == nil
  }

  /// Keeps each line as often as one answer holds it.
  private mutating func collapse(_ ranks: [Int]) {
    var kept: [Record] = []
    kept.reserveCapacity(records.count)
    var start = 0
    while start < records.count {
      var end = start + 1
      while end < records.count, isCopy(records[start], records[end]) { end += 1 }
      if end == start + 1 {
        kept.append(records[start])
      } else {
        let copies = Array(records[start..<end])
        kept.append(contentsOf: survivors(copies, ranks))
        let isShared = copies.contains { $0.arena != copies[0].arena }
        for copy in copies where isShared { shared[Int(copy.arena)] += 1 }
      }
      start = end
    }
    for record in kept { contributions[Int(record.arena)] += 1 }
    records = kept
  }

  /// The copies of one line that stay, in order of their metadata.
  private func survivors(_ copies: [Record], _ ranks: [Int]) -> [Record] {
    let byAnswer = Dictionary(grouping: copies, by: \.arena)
    let multiplicity = byAnswer.values.map(\.count).max() ?? 0
    var best: [LabelSet: [Record]] = [:]
    for answer in byAnswer.keys.sorted(by: { ranks[Int($0)] < ranks[Int($1)] }) {
      let byMetadata = Dictionary(grouping: byAnswer[answer] ?? []) { metadata[Int($0.metadata)] }
      for (labels, records) in byMetadata where records.count > best[labels]?.count ?? 0 {
        let known = best[labels] ?? []
        best[labels] = known + records.dropFirst(known.count)
      }
    }
    let richestFirst = best.keys.sorted { left, right in
      let counts = (left.labels.count, right.labels.count)
      return counts.0 == counts.1 ? left < right : counts.0 > counts.1
    }
    let chosen = richestFirst.flatMap { best[$0] ?? [] }.prefix(multiplicity)
    return chosen.sorted { precedes($0, $1) }
  }

  private mutating func dropUnusedStreams() {
    var isUsed = Array(repeating: false, count: streams.count)
    for record in records { isUsed[Int(record.stream)] = true }
    var numbers = Array(repeating: Int32(0), count: streams.count)
    var used: [LabelSet] = []
    for index in streams.indices where isUsed[index] {
      numbers[index] = Int32(clamping: used.count)
      used.append(streams[index])
    }
    for index in records.indices {
      records[index].stream = numbers[Int(records[index].stream)]
    }
    streams = used
  }
}

extension LogStore {
  /// The same lines with their secrets replaced; lines of one instant and stream stay sorted.
  func redacted(by redaction: Redaction, width: Int) throws -> (LogStore, RedactionTally) {
    guard redaction.isApplied else { return (self, RedactionTally()) }
    let chunk = 8192
    let starts = Array(stride(from: 0, to: records.count, by: chunk))
    let results = try starts.orderedParallelMap(width: width) { start in
      try redactedTexts(start..<min(start + chunk, records.count), by: redaction)
    }
    var store = self
    var tally = RedactionTally()
    for result in results {
      tally.add(result.tally)
      guard !result.places.isEmpty else { continue }
      for place in result.places {
        store.records[place.record].arena = Int32(clamping: store.arenas.count)
        store.records[place.record].offset = UInt32(clamping: place.text.lowerBound)
        store.records[place.record].length = UInt32(clamping: place.text.count)
      }
      store.arenas.append(result.arena)
    }
    store.sort()
    return (store, tally)
  }

  /// The texts that changed, in an arena of their own.
  private struct RedactedTexts: Sendable {
    var arena: [UInt8] = []
    var places: [(record: Int, text: Range<Int>)] = []
    var tally = RedactionTally()
  }

  private func redactedTexts(_ range: Range<Int>, by redaction: Redaction) throws -> RedactedTexts {
    var texts = RedactedTexts()
    for index in range {
      let text = try withText(of: records[index]) { try redaction.text($0, &texts.tally) }
      guard let text else { continue }
      texts.places.append((index, texts.arena.count..<texts.arena.count + text.count))
      texts.arena.append(contentsOf: text)
    }
    return texts
  }
}
