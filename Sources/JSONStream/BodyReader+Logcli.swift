import Canonical
import Telemetry

// `logcli -o jsonl`: `{"labels": {…}, "line": "…", "timestamp": "<RFC 3339, local zone>"}` a line.

extension BodyReader {
  /// Whether the document that was read is a line of `logcli`.
  var isLogcliLine: Bool {
    guard streamed == nil, root.members.count <= 4 else { return false }
    let document = document
    guard case .object = document["labels"], document["line"]?.string != nil,
      let time = document["timestamp"]?.string
    else { return false }
    return Canonical.timestamp(time) != nil
  }

  /// Gives the line that was read to the sink, and all that follow.
  mutating func readLogcliLines(into sink: inout some ExportSink) throws {
    streamed = .logcliLines
    let first = document
    root = MemberList()
    var run = LogcliRun()
    run.labels = Array(Canonical.json(first["labels"] ?? .null, isPretty: false).dropLast())
    run.line = Array((first["line"]?.string ?? "").utf8)
    run.time = first["timestamp"]?.string ?? ""
    try emit(&run, at: 0, into: &sink)
    while try cursor.beginDocument() {
      let offset = cursor.offset
      try readLine(into: &run)
      try emit(&run, at: offset, into: &sink)
    }
    try sink.endStream()
  }

  private func readLine(into run: inout LogcliRun) throws {
    let offset = cursor.offset
    var seen = 0
    try cursor.beginObject()
    while let key = try cursor.nextKey() {
      switch String(decoding: key, as: UTF8.self) {
      case "labels":
        run.labels = Array(try cursor.captureValue())
        seen |= 1
      case "line":
        run.line = Array(try cursor.readString())
        seen |= 2
      case "timestamp":
        run.time = String(decoding: try cursor.readString(), as: UTF8.self)
        seen |= 4
      default: try cursor.skipValue()
      }
    }
    guard seen == 7 else {
      throw JSONStreamError.unexpected(
        offset: offset, found: "an object", expected: "labels, line and timestamp")
    }
  }

  private mutating func emit(
    _ run: inout LogcliRun, at offset: Int, into sink: inout some ExportSink
  ) throws {
    guard let time = Canonical.timestamp(run.time) else {
      throw JSONStreamError.badNumber(
        offset: offset, text: String(run.time.prefix(64)), expected: "an RFC 3339 time")
    }
    if run.labels != run.openLabels {
      if run.openLabels != nil { try sink.endStream() }
      let labels = JSONCursor(MemorySource(run.labels), limits: cursor.limits, firstOffset: offset)
      guard try labels.beginDocument() else { return }
      try sink.beginStream(labels: try labels.readLabels())
      body.duplicateKeys += labels.duplicateKeys
      body.groups += 1
      run.openLabels = run.labels
    }
    body.records += 1
    try run.line.withUnsafeBytes {
      try sink.logEntry(
        nanoseconds: time.nanoseconds, line: $0, metadata: .empty, parsed: .empty)
    }
  }
}

/// Consecutive lines of one stream.
private struct LogcliRun {
  var labels: [UInt8] = []
  var line: [UInt8] = []
  var time = ""
  /// The labels of the stream that the sink was told of, as written.
  var openLabels: [UInt8]?
}
