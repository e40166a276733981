import BundleStore
import Canonical
import Foundation
import Telemetry
import Testing

@testable import AnalysisPipeline
@testable import Reporting

@Suite struct InspectionRunTests {
  private static let window = TimeRange(
    start: Timestamp(seconds: 1_772_359_200), end: Timestamp(seconds: 1_772_362_800))

  /// Two entries, one gap, one hostile input name.
  private func writeBundle(to path: String) throws {
    let writer = try BundleWriter(path: path)
    try writer.add(
      path: "logs/part-000000.jsonl", role: .logs, source: .loki, records: 1,
      firstTime: Self.window.start, lastTime: Self.window.start,
      content: Array("{\"t\":\"1\",\"s\":0,\"m\":\"x\"}\n".utf8))
    try writer.add(
      path: "metrics/up.json", role: .metricGrid, source: .prometheus, records: 1200,
      content: Array(repeating: 97, count: 2048))
    _ = try writer.finish(
      Manifest(
        bundleID: "", window: Self.window, tool: "oncall-capture 0.1.0",
        sources: [BundleSource(kind: .prometheus, version: "2.53.3", scrapeInterval: .seconds(15))],
        files: [],
        inputs: [
          BundleInput(
            path: "x/\u{1B}[31m.json", bytes: 2048, outcome: .used, entries: ["metrics/up.json"],
            detail: "matrix of one series")
        ],
        coverage: .partial,
        gaps: [
          CoverageGap(
            source: .loki, subject: "loki/a.json", range: Self.window, code: .serverError,
            detail: "Loki answered 500.", losesEvidence: true)
        ],
        redaction: RedactionSummary(isApplied: true, counts: [.init(rule: "jwt", count: 3)])))
  }

  @Test func anIntactBundleIsAccountedForLineByLine() throws {
    let folder = try TemporaryFolder()
    try writeBundle(to: folder.path("x.incident.tar.gz"))
    let inspection = try InspectionRun.inspect(
      path: folder.path("x.incident.tar.gz"), threads: 2)
    let lines = InspectionListing.lines(of: inspection, style: .plain)
    #expect(
      lines.dropFirst().joined(separator: "\n") == """
        Schema     incident-bundle/1
        Written by oncall-capture 0.1.0
        Window     2026-03-01T10:00:00Z to 2026-03-01T11:00:00Z (1h)
        Time zone  UTC; none was named
        Coverage   partial
        Redaction  applied, 3 values replaced: jwt × 3

        Sources
          prometheus 2.53.3, scraped every 15s

        Files
          role         files  records  bytes     first                 last
          metric-grid  1      1200     2 KiB     -                     -
          logs         1      1        24 B      2026-03-01T10:00:00Z  2026-03-01T10:00:00Z
          all          2      1201     2.02 KiB  2026-03-01T10:00:00Z  2026-03-01T10:00:00Z

        Inputs
          1 input: 1 used, 0 recorded-answer, 0 duplicate, 0 gap
          outcome  bytes  input         what became of it
          used     2 KiB  x/\u{FFFD}[31m.json  matrix of one series → metrics/up.json

        Gaps
          SERVER_ERROR: 1, of which 1 may hide evidence
            loki loki/a.json 2026-03-01T10:00:00Z to 2026-03-01T11:00:00Z: Loki answered 500.

        Checksums
          all 2 files as the manifest says
        """)
  }

  @Test func aDamagedEntryIsNamedAndTheOthersAreStillRead() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("x.incident.tar.gz")
    try writeBundle(to: path)
    var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    let members = bytes.indices.dropLast(2).filter {
      bytes[$0] == 0x1F && bytes[$0 + 1] == 0x8B && bytes[$0 + 2] == 8
    }
    bytes[members[1] + 60] ^= 0x10  // manifest.json is the first member, the log part the second
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let result = try AnalysisCommands.inspect(
      path: path, threads: 1, as: Presentation(format: .text, isColoured: false, width: 80))
    #expect(result.exitCode == .doneWithDamage)
    #expect(result.note?.contains("1 file of the bundle damaged or missing") == true)
    let text = String(decoding: result.output, as: UTF8.self)
    #expect(text.contains("1 file of 2 damaged or missing:\n    logs/part-000000.jsonl: "))
  }

  @Test func aMissingBundleCannotBeRead() {
    let failure = #expect(throws: AnalysisFailure.self) {
      try InspectionRun.inspect(path: "/nowhere/x.incident.tar.gz", threads: 1)
    }
    #expect(failure?.exitCode == .unreadable)
  }
}
