import JSONStream
import Telemetry
import Testing

/// Writes down every call of a reader, one line each.
struct Transcript: ExportSink {
  private(set) var lines: [String] = []

  mutating func beginSeries(labels: LabelSet) { lines.append("series {\(text(labels))}") }

  mutating func sample(nanoseconds: Int64, value: Double, text: UnsafeRawBufferPointer) {
    lines.append("sample \(nanoseconds) \(value) '\(String(decoding: text, as: UTF8.self))'")
  }

  mutating func histogram(nanoseconds: Int64, json: UnsafeRawBufferPointer) {
    lines.append("histogram \(nanoseconds) \(String(decoding: json, as: UTF8.self))")
  }

  mutating func endSeries() { lines.append("end series") }

  mutating func beginStream(labels: LabelSet) { lines.append("stream {\(text(labels))}") }

  mutating func logEntry(
    nanoseconds: Int64, line: UnsafeRawBufferPointer, metadata: LabelSet, parsed: LabelSet
  ) {
    var entry = "line \(nanoseconds) '\(String(decoding: line, as: UTF8.self))'"
    if metadata != .empty { entry += " metadata {\(text(metadata))}" }
    if parsed != .empty { entry += " parsed {\(text(parsed))}" }
    lines.append(entry)
  }

  mutating func endStream() { lines.append("end stream") }

  mutating func object(_ object: KubeObject) {
    let created = object.createdAt.map { " created \($0.nanoseconds)" } ?? ""
    lines.append(
      "object \(text(object.ref)) of \(object.apiVersion) uid '\(object.uid)'"
        + " version '\(object.resourceVersion)'" + created)
  }

  mutating func event(_ event: KubeEvent, document: JSONValue) {
    let times = [event.firstSeen, event.lastSeen].map { $0.map { "\($0.nanoseconds)" } ?? "nil" }
    lines.append(
      "event \(event.namespace)/\(event.name) uid '\(event.uid)' on \(text(event.regarding)):"
        + " \(event.reason) '\(event.note)' \(event.isWarning ? "warning" : "normal")"
        + " by '\(event.reporter)' \(times[0])..\(times[1]) x\(event.count)")
  }

  private func text(_ labels: LabelSet) -> String {
    labels.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }

  private func text(_ ref: ObjectRef) -> String { "\(ref.kind) \(ref.namespace)/\(ref.name)" }
}

/// What reading a body gave: the calls of the sink, then the body or the error.
struct Reading {
  var calls: [String]
  var outcome: Result<ExportBody, JSONStreamError>

  /// Reads `text` whole, byte by byte through the smallest window, and cut in two at every byte,
  /// and expects the same each time.
  init(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try self.init(Array(text.utf8), sourceLocation: sourceLocation)
  }

  /// Reads `bytes` in the same ways.
  init(_ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws {
    self = try Self.once(MemorySource(bytes))
    let single = try Self.once(PiecewiseSource.single(bytes), windowBytes: 1)
    #expect(single.summary == summary, "byte by byte", sourceLocation: sourceLocation)
    for offset in bytes.indices.dropFirst() {
      let cut = try Self.once(PiecewiseSource.cut(bytes, at: offset), windowBytes: 1 << 12)
      guard cut.summary != summary else { continue }
      #expect(cut.summary == summary, "cut at \(offset)", sourceLocation: sourceLocation)
      return
    }
  }

  private init(calls: [String], outcome: Result<ExportBody, JSONStreamError>) {
    self.calls = calls
    self.outcome = outcome
  }

  static func once(
    _ source: any ByteSource, limits: JSONLimits = .standard, windowBytes: Int = 1 << 17
  ) throws -> Reading {
    var sink = Transcript()
    do {
      let reader = ExportReader(source, limits: limits, windowBytes: windowBytes)
      let body = try reader.read(into: &sink)
      return Reading(calls: sink.lines, outcome: .success(body))
    } catch let error as JSONStreamError {
      return Reading(calls: sink.lines, outcome: .failure(error))
    }
  }

  /// The body; records a failure of the test when there is none.
  func body(sourceLocation: SourceLocation = #_sourceLocation) throws -> ExportBody {
    switch outcome {
    case .success(let body): return body
    case .failure(let error):
      Issue.record("\(error)", sourceLocation: sourceLocation)
      throw error
    }
  }

  var error: JSONStreamError? {
    if case .failure(let error) = outcome { error } else { nil }
  }

  private var summary: String { "\(calls)\n\(outcome)" }
}
