import BundleStore
import Foundation
import Telemetry

/// A small bundle made of bodies as Prometheus prints them, in a folder that goes with it.
final class CraftedBundle {
  /// The bundle.
  let path: String
  private let folder: URL

  /// Ten minutes from an instant that is easy to count from.
  static let window = TimeRange(start: Timestamp(seconds: 1000), end: Timestamp(seconds: 1600))

  /// One entry.
  struct Entry {
    var path: String
    var role = FileRole.metricGrid
    var query: RecordedQuery?
    var content: String
  }

  init(
    _ entries: [Entry], version: String = "3.1.0", lookback: TimeSpan? = nil,
    gaps: [CoverageGap] = []
  ) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("queries-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent("x.incident.tar.gz").path
    let writer = try BundleWriter(path: path)
    for entry in entries {
      try writer.add(
        path: entry.path, role: entry.role, source: .prometheus, query: entry.query, records: 1,
        content: Array(entry.content.utf8))
    }
    _ = try writer.finish(
      Manifest(
        bundleID: "", window: Self.window, tool: "test",
        sources: [
          BundleSource(
            kind: .prometheus, version: version, scrapeInterval: .seconds(15), lookback: lookback)
        ], files: [], inputs: [], coverage: .complete, gaps: gaps,
        redaction: RedactionSummary(isApplied: false)))
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The bundle, opened.
  func reader() throws -> BundleReader { try BundleReader(path: path) }

  /// Changes one byte in the middle of the last entry's compressed content.
  func damageLastEntry() throws {
    let url = URL(fileURLWithPath: path)
    var bytes = [UInt8](try Data(contentsOf: url))
    let start = bytes.indices.dropLast(2).last {
      bytes[$0] == 0x1F && bytes[$0 + 1] == 0x8B && bytes[$0 + 2] == 8
        && bytes.count - $0 > 100
    }
    if let start { bytes[start + 60] ^= 0x10 }
    try Data(bytes).write(to: url)
  }
}

extension CraftedBundle.Entry {
  /// The answer of `query_range` over the window every 60 s; a nil value is a hole.
  static func grid(
    _ expression: String, _ number: Int, role: FileRole = .metricGrid,
    _ series: [(labels: String, values: [Double?])]
  ) -> CraftedBundle.Entry {
    let lines = series.map { labels, values in
      let samples = values.enumerated().compactMap { index, value in
        value.map { "[\(1000 + index * 60),\"\($0)\"]" }
      }
      return "{\"metric\":{\(labels)},\"values\":[\(samples.joined(separator: ","))]}"
    }
    return CraftedBundle.Entry(
      path: "\(role == .recordedAnswer ? "answers" : "metrics")/000\(number).json", role: role,
      query: RecordedQuery(
        api: "/api/v1/query_range", expression: expression, start: CraftedBundle.window.start,
        end: CraftedBundle.window.end, step: .seconds(60)),
      content: body(lines))
  }

  /// The answer of an instant query for a range selector at the window's end.
  static func samples(
    _ expression: String, _ number: Int, role: FileRole = .metricSamples,
    _ series: [(labels: String, samples: [(Double, Double)])]
  ) -> CraftedBundle.Entry {
    let lines = series.map { labels, samples in
      let texts = samples.map { "[\($0),\"\($1)\"]" }
      return "{\"metric\":{\(labels)},\"values\":[\(texts.joined(separator: ","))]}"
    }
    return CraftedBundle.Entry(
      path: "\(role == .recordedAnswer ? "answers" : "metrics")/000\(number).json", role: role,
      query: RecordedQuery(
        api: "/api/v1/query", expression: expression, start: CraftedBundle.window.end,
        end: CraftedBundle.window.end),
      content: body(lines))
  }

  private static func body(_ lines: [String]) -> String {
    #"{"status":"success","data":{"resultType":"matrix","result":[\#(lines.joined(separator: ","))]}}"#
  }
}
