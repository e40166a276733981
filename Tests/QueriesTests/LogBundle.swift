import BundleStore
import Foundation
import Telemetry

/// A small bundle of log lines in two parts, in a folder that goes with it.
///
/// Stream 0 is `{app="api"}`, stream 1 `{app="db"}`; a line of each every 10 s from 1000 s on, ten
/// each, the first five of each in the first part.
final class LogBundle {
  let path: String
  private let folder: URL

  static let window = TimeRange(start: Timestamp(seconds: 1000), end: Timestamp(seconds: 1100))

  init(redacted: Int = 0) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("logs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent("x.incident.tar.gz").path
    let writer = try BundleWriter(path: path)
    try writer.add(
      path: "logs/part-000000.jsonl", role: .logs, source: .loki, records: 10,
      firstTime: Timestamp(seconds: 1000), lastTime: Timestamp(seconds: 1040),
      content: Self.part(0..<5))
    try writer.add(
      path: "logs/part-000001.jsonl", role: .logs, source: .loki, records: 10,
      firstTime: Timestamp(seconds: 1050), lastTime: Timestamp(seconds: 1090),
      content: Self.part(5..<10))
    try writer.add(
      path: "logs/streams.json", role: .logStreams, source: .loki, records: 2,
      content: Array(#"{"status":"success","data":[{"app":"api"},{"app":"db"}]}"#.utf8))
    _ = try writer.finish(
      Manifest(
        bundleID: "", window: Self.window, tool: "test", sources: [BundleSource(kind: .loki)],
        files: [], inputs: [], coverage: .complete, gaps: [],
        redaction: RedactionSummary(
          isApplied: redacted > 0, counts: [.init(rule: "jwt", count: redacted)])))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func reader() throws -> BundleReader { try BundleReader(path: path) }

  private static func part(_ numbers: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in numbers {
      let nanoseconds = Int64(1000 + number * 10) * 1_000_000_000
      Array("n=\(number) call".utf8).withUnsafeBytes {
        LogPart.append(
          nanoseconds: nanoseconds, stream: 0, line: $0,
          metadata: LabelSet(["detected_level": number % 2 == 0 ? "info" : "error"]), to: &bytes)
      }
      Array("n=\(number) \"quoted\"\ttab".utf8).withUnsafeBytes {
        LogPart.append(nanoseconds: nanoseconds, stream: 1, line: $0, metadata: .empty, to: &bytes)
      }
    }
    return bytes
  }

  /// Changes one byte in the middle of the first part's compressed content.
  func damageFirstPart() throws {
    let url = URL(fileURLWithPath: path)
    var bytes = [UInt8](try Data(contentsOf: url))
    let starts = bytes.indices.dropLast(2).filter {
      bytes[$0] == 0x1F && bytes[$0 + 1] == 0x8B && bytes[$0 + 2] == 8
    }
    // The manifest's member is the first, the first part's the second.
    bytes[starts[1] + 100] ^= 0x10
    try Data(bytes).write(to: url)
  }
}
