import Archive
import Foundation
import JSONStream
import Patterns
import Redaction
import Telemetry
import Testing

@Suite("Redaction of recorded data")
struct RecordedExportTests {
  @Test(
    "leaves none of the secrets that were planted in an export",
    .enabled(if: Shared.exists("incidents"), "needs ../shared/incidents"),
    arguments: [
      "db-pool", "imagepull-rollout", "payments-oom", "quiet-day", "redis-config", "traffic-spike",
    ])
  func leavesNoPlantedSecret(name: String) throws {
    let truth = try JSONValue(
      parsing: Array(Data(contentsOf: Shared.url("incidents/\(name).truth.json"))))
    let planted = try #require(truth["planted_secrets"]).elements.compactMap { $0["value"]?.string }
    try #require(planted.count > 10)
    var sink = RedactingSink(
      redactor: try standardRedactor.get(),
      planted: try PatternSet(planted.map { #"\Q\#($0)\E"# }))
    try ForeignArchive.entries(at: Shared.url("incidents/\(name).export.tar.gz").path) {
      entry, content in
      guard entry.name.contains("/loki/streams_"), entry.name.hasSuffix(".json") else { return }
      _ = try ExportReader(ContentSource(content)).read(into: &sink)
    }
    #expect(sink.lines > 10_000)
    #expect(sink.found.count == planted.count, "the export should hold them all")
    #expect(sink.left.map { planted[$0] } == [])
    #expect(Double(sink.changedLines) < 0.01 * Double(sink.lines))
  }

  @Test(
    "leaves ordinary logs alone, but for an e-mail address in a kernel's version",
    .enabled(if: Shared.exists("suites/loghub"), "needs ../shared/suites/loghub"),
    arguments: [
      ("Apache", 0), ("HDFS", 0), ("Hadoop", 0), ("Linux", 1), ("OpenSSH", 0), ("Zookeeper", 0),
    ])
  func leavesOrdinaryLogs(system: String, changes: Int) throws {
    let redactor = try standardRedactor.get()
    let data = try Data(contentsOf: Shared.url("suites/loghub/\(system)/\(system)_2k.log"))
    let lines = data.split(separator: 0x0A)
    try #require(lines.count > 1900)
    let changed = try lines.filter { line in
      try Array(line).withUnsafeBytes { try redactor.redaction(of: $0) } != nil
    }
    #expect(changed.count == changes)
  }
}

/// Redacts the lines of an export and looks for what was planted, before and after.
private struct RedactingSink: ExportSink {
  let redactor: Redactor
  let planted: PatternSet
  var lines = 0
  var changedLines = 0
  var found: Set<Int> = []
  var left: [Int] = []

  mutating func logEntry(
    nanoseconds: Int64, line: UnsafeRawBufferPointer, metadata: LabelSet, parsed: LabelSet
  ) throws {
    lines += 1
    let before = try planted.indices(in: line)
    found.formUnion(before)
    guard let redacted = try redactor.redaction(of: line) else {
      left += before
      return
    }
    changedLines += 1
    left += try redacted.bytes.withUnsafeBytes { try planted.indices(in: $0) }
  }
}

/// The content of an archive's entry as a source of JSON.
private final class ContentSource: ByteSource {
  private let content: ForeignContent

  init(_ content: ForeignContent) {
    self.content = content
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try content.read(into: buffer)
  }
}

/// Recorded data beside the package, which a checkout may lack.
private enum Shared {
  static func url(_ path: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
      .appendingPathComponent(path)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: url(path).path)
  }
}
