import BundleStore
import Canonical
import Foundation
import JSONStream
import Telemetry
import Testing

@testable import Replay

@Suite struct ReplayLoaderTests {
  private static let start = Timestamp(seconds: 1_800_000_000)

  /// A bundle of ten minutes: one metric as a grid and again as raw samples, logs, an object, an
  /// event that goes on after the middle, and a firing alert.
  private static func writeBundle(at path: String) throws {
    let writer = try BundleWriter(path: path)
    let grid = RecordedQuery(
      api: "/api/v1/query_range", expression: "requests_total", start: start,
      end: start + .minutes(10), step: .seconds(30))
    try writer.add(
      path: "metrics/requests.json", role: .metricGrid, source: .prometheus, query: grid,
      records: 21, content: matrix([("requests_total", "a", 0..<21, 30)]))
    try writer.add(
      path: "metrics/requests-raw.json", role: .metricSamples, source: .prometheus, records: 3,
      content: matrix([("requests_total", "a", 3..<6, 31), ("requests_total", "b", 3..<6, 31)]))
    try writer.add(
      path: "metrics/buckets.json", role: .metricGrid, source: .prometheus, query: grid,
      records: 2, content: matrix([("latency_bucket", "a", 0..<2, 30)]))
    try writer.add(
      path: "answers/rate.json", role: .recordedAnswer, source: .prometheus, records: 2,
      content: matrix([("rate", "a", 0..<2, 30), ("ALERTS", "a", 0..<2, 30)]))
    try writer.add(
      path: "logs/streams.json", role: .logStreams, source: .loki, records: 1,
      content: Array(#"[{"app":"api"},{"app":"quiet"}]"#.utf8))
    var lines: [UInt8] = []
    for second in [10, 70, 70, 500] {
      Array("level=error msg=\"db \(second) gone\"".utf8).withUnsafeBytes {
        LogPart.append(
          nanoseconds: (start + .seconds(Int64(second))).nanoseconds, stream: 0, line: $0,
          metadata: .empty, to: &lines)
      }
    }
    try writer.add(
      path: "logs/part-000000.jsonl", role: .logs, source: .loki, records: 4, content: lines)
    try writer.add(
      path: "kubernetes/events.json", role: .events, source: .kubernetes, records: 1,
      content: event(first: start + .minutes(2), last: start + .minutes(8)))
    _ = try writer.finish(
      Manifest(
        bundleID: "", window: TimeRange(start: start, end: start + .minutes(10)), tool: "test",
        sources: [BundleSource(kind: .prometheus, scrapeInterval: .seconds(15))], files: [],
        inputs: [], coverage: .complete, gaps: [],
        redaction: RedactionSummary(isApplied: false)))
  }

  private static func matrix(_ series: [(String, String, Range<Int>, Int)]) -> [UInt8] {
    let result = series.map { name, pod, range, step in
      let values = range.map { "[\(1_800_000_000 + $0 * step),\"\($0)\"]" }
      return
        #"{"metric":{"__name__":"\#(name)","pod":"\#(pod)"},"values":[\#(values.joined(separator: ","))]}"#
    }
    return Array(
      #"{"status":"success","data":{"resultType":"matrix","result":[\#(result.joined(separator: ","))]}}"#
        .utf8)
  }

  private static func event(first: Timestamp, last: Timestamp) -> [UInt8] {
    Array(
      """
      {"kind":"EventList","apiVersion":"v1","items":[{"metadata":{"name":"e","namespace":"shop",
      "uid":"u1"},"involvedObject":{"kind":"Pod","namespace":"shop","name":"api-1"},
      "reason":"BackOff","message":"m","type":"Warning","count":9,
      "firstTimestamp":"\(Canonical.text(first))","lastTimestamp":"\(Canonical.text(last))"}]}
      """.utf8)
  }

  private func withBundle<Value>(_ body: (String) throws -> Value) throws -> Value {
    let path = NSTemporaryDirectory() + "replay-\(UUID().uuidString).incident.tar.gz"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.writeBundle(at: path)
    return try body(path)
  }

  @Test(arguments: [1, 2, 4])
  func aBundleBecomesObservationsWhateverTheNumberOfThreads(threads: Int) throws {
    let loaded = try withBundle {
      try ReplayLoader(BundleReader(path: $0), threads: threads).load()
    }
    let seen = loaded.observations
    #expect(loaded.gaps.isEmpty)
    #expect(seen.clock.count == 11)
    let names = seen.series.map {
      "\($0.series.labels.metricName ?? "")/\($0.series.labels["pod"] ?? "")/\($0.series.count)"
    }
    // Pod a is there twice and counts once, as the grid; buckets and answers are left out.
    #expect(names == ["ALERTS/a/2", "requests_total/a/21", "requests_total/b/3"])
    #expect(seen.series[1].path == "metrics/requests.json")
    #expect(seen.logs?.streams.count == 1)
    #expect(
      seen.logs?.streams[0].counts[Int(LogLevel.error.rawValue)]
        == [0, 1, 2, 0, 0, 0, 0, 0, 0, 1, 0])
    #expect(seen.logs?.streams[0].errorExamples.first?.lineNumber == 1)
    #expect(seen.events.map(\.event.count) == [9])
    #expect(seen.sources.first?.scrapeInterval == .seconds(15))
  }

  @Test func nothingIsLaterThanTheInstantToStopAt() throws {
    let middle = Self.start + .minutes(5)
    let seen = try withBundle {
      try ReplayLoader(BundleReader(path: $0), threads: 1).load(asOf: middle).observations
    }
    #expect(seen.end == middle)
    #expect(seen.clock.count == 6)
    let last = seen.series.map { $0.series.times[$0.series.count - 1] }.max()
    #expect(last == middle)
    #expect(seen.logs?.streams[0].counts[Int(LogLevel.error.rawValue)] == [0, 1, 2, 0, 0, 0])
    // Seen nine times by the end; by the middle only its first occurrence is known.
    #expect(seen.events.map(\.event.count) == [1])
    #expect(seen.events.map(\.event.lastSeen) == [Self.start + .minutes(2)])
  }

  @Test func anInstantBeforeTheWindowIsAnErrorThatSaysSo() throws {
    try withBundle { path in
      let loader = try ReplayLoader(BundleReader(path: path), threads: 1)
      let error = #expect(throws: ReplayError.self) {
        try loader.load(asOf: Self.start - .seconds(1))
      }
      #expect(
        error?.description == "2027-01-15T07:59:59Z is before the window of the bundle, which"
          + " begins at 2027-01-15T08:00:00Z: choose an instant inside it")
    }
  }

  @Test func aDamagedEntryIsAGapAndTheRestIsUsed() throws {
    try withBundle { path in
      let reader = try BundleReader(path: path)
      let logs = try #require(reader.manifest.files.first { $0.role == .logs })
      var file = try Data(contentsOf: URL(fileURLWithPath: path))
      // The last member but one of the sorted paths is metrics/…; the logs lie before it. Their
      // member is found by damaging bytes until only they fail.
      let original = file
      let offset = try #require(
        stride(from: 600, to: file.count - 40, by: 16).first { offset in
          file = original
          file[offset] ^= 0xFF
          try? file.write(to: URL(fileURLWithPath: path))
          guard let damaged = try? BundleReader(path: path),
            let gaps = try? ReplayLoader(damaged, threads: 1).load().gaps
          else { return false }
          return gaps.map(\.subject) == [logs.path]
        })
      #expect(offset > 0)
      let loaded = try ReplayLoader(BundleReader(path: path), threads: 2).load()
      #expect(loaded.gaps.map(\.code) == [.damaged])
      #expect(loaded.gaps.map(\.losesEvidence) == [true])
      #expect(loaded.observations.logs == nil)
      #expect(loaded.observations.series.count == 3)
    }
  }

  @Test func nativeHistogramsAreAGapAndNotSilence() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("replay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("x.incident.tar.gz").path
    let writer = try BundleWriter(path: path)
    let body =
      #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"lat"},"#
      + #""histograms":[[1800000000,{"count":"1","sum":"2","buckets":[]}]]}]}}"#
    try writer.add(
      path: "metrics/lat.json", role: .metricGrid, source: .prometheus, records: 1,
      content: Array(body.utf8))
    _ = try writer.finish(
      Manifest(
        bundleID: "", window: TimeRange(start: Self.start, end: Self.start + .minutes(1)),
        tool: "test", sources: [], files: [], inputs: [], coverage: .complete, gaps: [],
        redaction: RedactionSummary(isApplied: false)))
    let loaded = try ReplayLoader(BundleReader(path: path), threads: 1).load()
    #expect(loaded.observations.series.isEmpty)
    #expect(loaded.gaps.map(\.subject) == ["metrics/lat.json"])
    #expect(loaded.gaps.map(\.code) == [.unrecognised])
    #expect(loaded.gaps.first?.detail.hasPrefix("1 series holds native histograms") == true)
  }
}
