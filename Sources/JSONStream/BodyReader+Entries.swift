import Telemetry

extension BodyReader {
  /// Reads an array of log entries.
  mutating func readEntries(from cursor: JSONCursor, into sink: inout some ExportSink) throws {
    var count = 0
    try cursor.beginArray()
    while true {
      if let entry = cursor.compactEntry() {
        count &+= 1
        try sink.logEntry(
          nanoseconds: entry.nanoseconds, line: entry.line, metadata: .empty, parsed: .empty)
      } else {
        guard try cursor.nextElement() else { break }
        try readEntry(from: cursor, into: &sink)
      }
    }
    body.records += count
  }

  /// Reads one entry, `["nanoseconds", "line"]` and perhaps a third part with its own labels.
  private mutating func readEntry(
    from cursor: JSONCursor, into sink: inout some ExportSink
  ) throws {
    try cursor.beginArray()
    try cursor.moveToElement("a time")
    let nanoseconds = try cursor.readNanoseconds()
    try cursor.moveToElement("a log line")
    entryLabels.keep(line: try cursor.readString())
    var labels = EntryLabels.Parts()
    if try cursor.nextElement() {
      if try cursor.peek() == .null {
        try cursor.readNull()
      } else {
        body.hasCategorisedLabels = true
        let offset = cursor.offset
        let text = try cursor.captureValue()
        labels = try entryLabels.parts(of: text, at: offset, limits: cursor.limits)
      }
      try cursor.endPair()
    }
    body.records += 1
    try entryLabels.line.withUnsafeBytes {
      try sink.logEntry(
        nanoseconds: nanoseconds, line: $0, metadata: labels.metadata, parsed: labels.parsed)
    }
  }
}

/// The line and the labels of an entry that has labels of its own.
///
/// Entries often repeat the labels of the one before; they are read once for each run.
struct EntryLabels {
  /// Structured metadata and labels that the query extracted.
  struct Parts {
    var metadata = LabelSet.empty
    var parsed = LabelSet.empty
  }

  private(set) var line: [UInt8] = []
  private var json: [UInt8] = []
  private var parts = Parts()

  /// Copies `text`, since the labels after it are read before it is used.
  mutating func keep(line text: UnsafeRawBufferPointer) {
    line.removeAll(keepingCapacity: true)
    line.append(contentsOf: text)
  }

  /// Reads `{"structuredMetadata": {…}, "parsed": {…}}`, or the flat labels of the push format.
  mutating func parts(
    of text: UnsafeRawBufferPointer, at offset: Int, limits: JSONLimits
  ) throws -> Parts {
    guard !json.elementsEqual(text) else { return parts }
    json.removeAll(keepingCapacity: true)
    json.append(contentsOf: text)
    let cursor = JSONCursor(
      MemorySource(json), limits: limits, windowBytes: json.count + 1, firstOffset: offset)
    guard try cursor.beginDocument() else { return Parts() }
    var flat: [Label] = []
    var found = Parts()
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      let name = String(decoding: key, as: UTF8.self)
      if try cursor.peek() == .object {
        let labels = try cursor.readLabels()
        if name == "parsed" { found.parsed = labels } else { found.metadata = labels }
      } else {
        flat.append(Label(name: name, value: try cursor.readLabelValue()))
      }
    }
    if !flat.isEmpty { found.metadata = LabelSet(found.metadata.labels + flat) }
    parts = found
    return found
  }
}

extension JSONCursor {
  /// The next value as nanoseconds since the epoch, a string or a number of whole nanoseconds.
  fileprivate func readNanoseconds() throws -> Int64 {
    let offset = offset
    let text = try peek() == .number ? try readNumber() : try readString()
    guard let nanoseconds = SampleTime.nanoseconds(text) else {
      throw JSONStreamError.badNumber(
        offset: offset, text: String(decoding: text.prefix(64), as: UTF8.self),
        expected: "a time in nanoseconds between 1677 and 2262")
    }
    return nanoseconds
  }

  /// The next value as labels; null and `{}` are the empty set. A repeated name keeps its last
  /// value.
  func readLabels() throws -> LabelSet {
    if try peek() == .null {
      try readNull()
      return .empty
    }
    var labels: [Label] = []
    try beginObject()
    while let key = try nextKey() {
      let name = String(decoding: key, as: UTF8.self)
      labels.append(Label(name: name, value: try readLabelValue()))
    }
    let set = LabelSet(labels)
    duplicateKeys += labels.count - set.labels.count
    return set
  }

  /// The value of a label: a string, or a number or Boolean as it is written.
  func readLabelValue() throws -> String {
    switch try peek() {
    case .number: return String(decoding: try readNumber(), as: UTF8.self)
    case .bool: return try readBool() ? "true" : "false"
    default: return String(decoding: try readString(), as: UTF8.self)
    }
  }
}
