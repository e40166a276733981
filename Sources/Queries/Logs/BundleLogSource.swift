import BundleStore
import JSONStream
import LogQL
import Telemetry

/// The log lines of a bundle as a source of LogQL.
///
/// Parts are read one after the other, each inflated in a second thread while its lines are looked
/// at. Nothing is kept.
struct BundleLogSource: LogSource {
  private let bundle: BundleReader
  private let parts: [BundleFile]
  let streams: [LabelSet]
  let segments: [LogSegment]

  /// Opens the logs of a bundle.
  ///
  /// - Parameter left: Paths of entries that are damaged and left out.
  /// - Throws: `DamagedLogEntry` for the table of streams; `BundleError` for what concerns more than
  ///   one entry.
  init(_ bundle: BundleReader, leavingOut left: [String]) throws {
    self.bundle = bundle
    let files = bundle.manifest.files.filter { file in
      !left.contains { $0.hasSameBytes(as: file.path) }
    }
    var streams: [LabelSet] = []
    for file in files where file.role == .logStreams {
      streams += try DamagedLogEntry.noticing(file) { try Self.streams(of: file, in: bundle) }
    }
    self.streams = streams
    parts = files.filter { $0.role == .logs }.sorted { left, right in
      Self.times(of: left).first == Self.times(of: right).first
        ? left.path.precedesInBytes(right.path)
        : Self.times(of: left).first < Self.times(of: right).first
    }
    segments = parts.map(Self.times)
  }

  /// A part that states no times may hold any.
  private static func times(of file: BundleFile) -> LogSegment {
    LogSegment(
      first: file.firstTime?.nanoseconds ?? .min, last: file.lastTime?.nanoseconds ?? .max)
  }

  private static func streams(of file: BundleFile, in bundle: BundleReader) throws -> [LabelSet] {
    try bundle.read(file) { source in
      let cursor = JSONCursor(source)
      return try cursor.beginDocument() ? LogStreamTable.labels(in: cursor.readValue()) : []
    }
  }

  /// What ends the reading of a part early.
  private struct Enough: Error {}

  /// See `LogSource`.
  ///
  /// - Throws: `DamagedLogEntry` when the part is damaged, which is known at its end only.
  func read(segment: Int, _ body: (LogEntry) throws -> Bool) throws {
    let file = parts[segment]
    let count = streams.count
    do {
      try DamagedLogEntry.noticing(file) {
        try bundle.read(file, overlapped: true) { source in
          try LogPart.read(source) { nanoseconds, stream, line, metadata in
            guard stream < count else { throw UnknownStream(number: stream) }
            let entry = LogEntry(
              nanoseconds: nanoseconds, stream: stream, line: line, metadata: metadata)
            if try !body(entry) { throw Enough() }
          }
        }
      }
    } catch is Enough {}
  }
}

/// An entry that names a stream which the table does not have.
struct UnknownStream: Error, CustomStringConvertible {
  let number: Int

  var description: String { "a line names stream \(number), which the table does not have" }
}

/// A damaged, missing or malformed entry of the logs.
struct DamagedLogEntry: Error {
  let gap: CoverageGap

  /// Runs `body`, which reads `file`.
  ///
  /// - Throws: `DamagedLogEntry` for what concerns the file alone; other errors pass through.
  static func noticing<Value>(_ file: BundleFile, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as BundleError where error.severity == .damaged {
      if case .missing = error { throw DamagedLogEntry(file, .missingFile, "\(error)") }
      throw DamagedLogEntry(file, .damaged, "\(error)")
    } catch let error as JSONStreamError {
      throw DamagedLogEntry(file, .malformed, "\(file.path) is malformed: \(error)")
    } catch let error as LogPart.DamagedLine {
      throw DamagedLogEntry(file, .malformed, "\(file.path) is malformed: \(error)")
    } catch let error as UnknownStream {
      throw DamagedLogEntry(file, .malformed, "\(file.path) is malformed: \(error)")
    }
  }

  private init(_ file: BundleFile, _ code: GapCode, _ detail: String) {
    var range: TimeRange?
    if let first = file.firstTime, let last = file.lastTime {
      range = TimeRange(start: first, end: last + TimeSpan(nanoseconds: 1))
    }
    gap = CoverageGap(
      source: file.source, subject: file.path, range: range, code: code, detail: detail,
      losesEvidence: true)
  }
}
