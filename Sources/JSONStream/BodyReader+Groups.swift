import Telemetry

// Series of a matrix or vector, and streams: `{"metric": …, "values": …}`, `{"stream": …, …}`.

extension BodyReader {
  /// Reads one series or stream into the sink, with its members in any order.
  mutating func readGroup(into sink: inout some ExportSink) throws {
    var group: Group?
    var later: [CapturedMember] = []
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      let name = GroupKey(key)
      switch name {
      case .metric, .stream:
        let labels = try cursor.readLabels()
        if group == nil {
          group = try begin(name, labels, &sink)
        } else {
          body.duplicateKeys += 1
        }
      case .other: try cursor.skipValue()
      default:
        if let group {
          try readPart(name, of: group, from: cursor, into: &sink)
        } else {
          let offset = cursor.offset
          later.append(
            CapturedMember(key: name, bytes: Array(try cursor.captureValue()), offset: offset))
        }
      }
    }
    guard group != nil || !later.isEmpty else { return }
    let complete = try group ?? begin(implied(by: later), .empty, &sink)
    for member in later {
      let part = JSONCursor(
        MemorySource(member.bytes), limits: cursor.limits, firstOffset: member.offset)
      guard try part.beginDocument() else { continue }
      try readPart(member.key, of: complete, from: part, into: &sink)
    }
    try complete == .stream ? sink.endStream() : sink.endSeries()
  }

  private mutating func begin(
    _ key: GroupKey, _ labels: LabelSet, _ sink: inout some ExportSink
  ) throws -> Group {
    body.groups += 1
    if key == .stream {
      streamed = .streams
      try sink.beginStream(labels: labels)
      return .stream
    }
    try sink.beginSeries(labels: labels)
    return .series
  }

  /// What a group without labels is, told from its first time: streams write strings.
  private func implied(by later: [CapturedMember]) -> GroupKey {
    guard let first = later.first else { return .metric }
    let start = first.bytes.lazy.filter { $0 > 0x20 }.prefix(3)
    return start.elementsEqual("[[\"".utf8) ? .stream : .metric
  }

  private mutating func readPart(
    _ key: GroupKey, of group: Group, from cursor: JSONCursor, into sink: inout some ExportSink
  ) throws {
    if try cursor.peek() == .null { return try cursor.readNull() }
    switch (key, group) {
    case (.values, .stream): try readEntries(from: cursor, into: &sink)
    case (_, .stream): try cursor.skipValue()
    case (.values, .series):
      streamed = .matrix
      try readSamples(from: cursor, into: &sink)
    case (.histograms, .series):
      streamed = .matrix
      try cursor.beginArray()
      while try cursor.nextElement() { try readHistogram(from: cursor, into: &sink) }
    case (.value, .series):
      if streamed == nil { streamed = .vector }
      try readSample(from: cursor, into: &sink)
    case (.histogram, .series):
      if streamed == nil { streamed = .vector }
      try readHistogram(from: cursor, into: &sink)
    default: try cursor.skipValue()
    }
  }
}

/// Whether a group is a series or a log stream.
private enum Group {
  case series, stream
}

/// The keys of a series or stream.
private enum GroupKey {
  case metric, stream, values, value, histograms, histogram, other

  init(_ key: UnsafeRawBufferPointer) {
    switch String(decoding: key, as: UTF8.self) {
    case "metric": self = .metric
    case "stream": self = .stream
    case "values": self = .values
    case "value": self = .value
    case "histograms": self = .histograms
    case "histogram": self = .histogram
    default: self = .other
    }
  }
}

/// A member that came before the labels of its group.
private struct CapturedMember {
  let key: GroupKey
  let bytes: [UInt8]
  let offset: Int
}
