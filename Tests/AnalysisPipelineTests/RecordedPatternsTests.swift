import CapturePipeline
import Foundation
import Telemetry
import Testing

@testable import AnalysisPipeline
@testable import Reporting

/// Recorded incidents, where they are at hand.
private enum Recorded {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/incidents").standardizedFileURL.path

  #if DEBUG
    static let isFast = false
  #else
    static let isFast = true
  #endif
}

/// Phrases of `expected_new_log_patterns`, with the time of the first recorded line that has each.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: Recorded.folder),
    "the recorded incidents are not beside this package"),
  .enabled(if: Recorded.isFast, "unoptimised code takes minutes; run with -c release"))
struct RecordedPatternsTests {
  private static let expected: [(String, [(phrase: String, first: Int64)])] = [
    (
      "payments-oom",
      [
        ("IdempotencyCache size <*> exceeds soft limit", 1_795_380_858),
        ("java.lang.OutOfMemoryError: Java heap space", 1_795_382_563),
        ("payment failed: rpc error: code = Unavailable", 1_795_382_494),
        ("Memory cgroup out of memory: Killed process", 1_795_382_388),
        ("back-off <*> restarting failed container=payments", 1_795_382_400),
      ]
    ),
    (
      "redis-config",
      [
        ("connect: connection refused", 1_795_383_000),
        ("io.lettuce.core.RedisConnectionException: Unable to connect", 1_795_383_000),
        ("can't access cart storage", 1_795_383_000),
        ("Running mode=standalone, port=<*>", 1_795_382_990),
      ]
    ),
    (
      "db-pool",
      [
        ("duration: <*> ms statement: SELECT o.* FROM orders", 1_795_381_139),
        ("HikariPool-1 - Connection is not available, request timed out", 1_795_382_146),
        ("psycopg2.pool.PoolError: connection pool exhausted", 1_795_381_861),
        ("remaining connection slots are reserved", 1_795_381_965),
      ]
    ),
  ]

  @Test(arguments: expected)
  func `what an incident newly says is new, from its first line on`(
    name: String, phrases: [(phrase: String, first: Int64)]
  ) throws {
    let new = try report(of: name).rows.filter { $0.change?.kind == .new }
    for (phrase, first) in phrases {
      let row = new.first { $0.pattern.template.contains(phrase) }
      let seen = try #require(row, "\(phrase)").pattern.first / 1_000_000_000
      #expect(abs(seen - first) <= 60, "\(phrase)")
    }
  }

  @Test func `a quiet day has three suspicious patterns at most`() throws {
    let rows = try report(of: "quiet-day").rows
    #expect(rows.count { $0.change?.isSuspicious == true } <= 3)
  }

  @Test func `threads do not change a pattern`() throws {
    let folder = try TemporaryFolder()
    let bundle = try imported("payments-oom-live", into: folder)
    let one = try BundlePatterns.report(path: bundle, threads: 1).report
    let many = try BundlePatterns.report(path: bundle, threads: 4).report
    #expect(PatternsDocument.json(of: one) == PatternsDocument.json(of: many))
  }

  private func report(of name: String) throws -> PatternReport {
    let folder = try TemporaryFolder()
    return try BundlePatterns.report(path: try imported(name, into: folder), threads: 2).report
  }

  private func imported(_ name: String, into folder: TemporaryFolder) throws -> String {
    let output = folder.path("\(name).incident.tar.gz")
    _ = try FilesImport.run(
      ImportPlan(
        paths: ["\(Recorded.folder)/\(name).export.tar.gz"], output: output, threads: 2))
    return output
  }
}
