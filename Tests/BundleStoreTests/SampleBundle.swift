import Archive
import BundleStore
import Canonical
import Foundation
import JSONStream
import Telemetry

/// A small bundle with entries of sizes that matter to archives.
enum SampleBundle {
  static let window = TimeRange(
    start: Timestamp(seconds: 1_772_359_200), end: Timestamp(seconds: 1_772_362_800))

  static let contents: [(path: String, content: [UInt8])] = [
    ("logs/part-000000.jsonl", text(lines: 2000, seed: 1)),
    ("kubernetes/events.json", Array("{\"items\":[]}".utf8)),
    ("metrics/0000.json", text(lines: 40_000, seed: 7)),
    ("metrics/empty.json", []),
    ("metrics/block.json", Array(repeating: UInt8(ascii: "a"), count: 512)),
  ]

  static let manifest = Manifest(
    bundleID: "", window: window, displayTimeZone: "Europe/Berlin", tool: "oncall-capture 0.1",
    sources: [
      BundleSource(
        kind: .prometheus, version: "2.53.0", scrapeInterval: .seconds(15), lookback: .minutes(5)),
      BundleSource(kind: .kubernetes, eventHorizon: Timestamp(seconds: 1_772_359_000)),
    ],
    files: [],
    inputs: [
      BundleInput(
        path: "prometheus/b.json", bytes: 7, outcome: .gap, entries: [], detail: "an HTML page"),
      BundleInput(
        path: "prometheus/a.json", bytes: 9, outcome: .used, entries: ["metrics/0000.json"],
        detail: "matrix"),
    ],
    coverage: .partial,
    gaps: [
      CoverageGap(
        source: .loki, subject: "loki/x.json", range: window, code: .capped,
        detail: "the page is \"full\"\n", losesEvidence: true),
      CoverageGap(
        source: .prometheus, subject: "prometheus/b.json", code: .serverError, detail: "502",
        losesEvidence: true),
    ],
    redaction: RedactionSummary(isApplied: true, counts: [.init(rule: "jwt", count: 3)]))

  /// Writes the bundle at `path`, adding entries in the order given by `order`.
  @discardableResult
  static func write(
    to path: String, order: [Int] = Array(contents.indices), width: Int = 2
  ) throws -> Manifest {
    let writer = try BundleWriter(path: path, width: width)
    for index in order {
      try writer.add(
        path: contents[index].path, role: .metricGrid, source: .prometheus,
        query: RecordedQuery(
          api: "/api/v1/query_range", expression: "up{job=\"é\"}", start: window.start,
          end: window.end, step: .seconds(15)),
        records: index, firstTime: window.start, lastTime: Timestamp(nanoseconds: 1),
        content: contents[index].content)
    }
    return try writer.finish(manifest)
  }

  /// Everything a source holds, read through a buffer of `chunk` bytes.
  static func bytes(of source: any ByteSource, chunk: Int = 10_000) throws -> [UInt8] {
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: chunk)
    while case let count = try buffer.withUnsafeMutableBytes({ try source.read(into: $0) }),
      count > 0
    {
      content += buffer[..<count]
    }
    return content
  }

  /// Lines that compress about as well as logs do, the same in every run.
  static func text(lines: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    var content: [UInt8] = []
    for line in 0..<lines {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      content += "{\"t\":\"\(1_772_359_200 + line)\",\"m\":\"request \(state >> 40) done\"}\n".utf8
    }
    return content
  }
}

/// A folder of its own for one test, removed with everything in it at the end.
final class ScratchFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/oncall-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Names of everything in the folder, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Self.write(bytes, to: file(name))
    return file(name)
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  static func read(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
