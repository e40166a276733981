import BundleStore
import CapturePipeline
import Foundation
import JSONStream
import Telemetry
import Testing

/// Recorded incidents, where they are at hand.
private enum Recorded {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../shared/incidents").standardizedFileURL.path
  static let isPresent = FileManager.default.fileExists(atPath: folder)

  /// Unoptimised code takes a minute for all of them.
  #if DEBUG
    static let long = ["imagepull-rollout"]
  #else
    static let long = [
      "db-pool", "imagepull-rollout", "payments-oom", "quiet-day", "redis-config", "traffic-spike",
    ]
  #endif

  static func export(_ name: String) -> String { "\(folder)/\(name).export.tar.gz" }

  static func truth(_ name: String) throws -> JSONValue {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).truth.json"))
    return try JSONValue(parsing: Array(data))
  }
}

@Suite(.enabled(if: Recorded.isPresent, "the recorded incidents are not beside this package"))
struct RecordedExportTests {
  @Test func `the smallest export gives one id as tar, folder and in another order`() throws {
    let folder = try TemporaryFolder()
    try folder.run("tar", "xzf", Recorded.export("payments-oom-live"))
    let root = URL(fileURLWithPath: folder.path("payments-oom-live"))
    var files: [String] = []
    let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    while let url = walk?.nextObject() as? URL {
      if !url.hasDirectoryPath {
        files.append("payments-oom-live" + url.path.dropFirst(root.path.count))
      }
    }
    let tar = try FilesImport.run(
      ImportPlan(
        paths: [Recorded.export("payments-oom-live")], output: folder.path("1.tar.gz"), threads: 1))
    let whole = try folder.importing(["payments-oom-live"], to: "2.tar.gz")
    let shuffled = try folder.importing(files.sorted().reversed(), to: "3.tar.gz")
    #expect(whole.manifest.bundleID == tar.manifest.bundleID)
    #expect(shuffled.manifest.bundleID == tar.manifest.bundleID)
    #expect(tar.manifest.inputs.count == files.count)
    #expect(tar.manifest.inputs.allSatisfy { !$0.detail.isEmpty })
    #expect(tar.manifest.gaps.allSatisfy { !$0.losesEvidence })
    // 26,411 distinct lines, 47 of them in the second after the end of the window.
    #expect(tar.volume.lines == 26_364)
    #expect(tar.volume.events == 177)
  }

  @Test(arguments: Recorded.long)
  func `lines and events are those that were recorded`(name: String) throws {
    let folder = try TemporaryFolder()
    let summary = try FilesImport.run(
      ImportPlan(paths: [Recorded.export(name)], output: folder.path("x.tar.gz")))
    let volume = try Recorded.truth(name)["volume"]
    #expect(Int64(summary.volume.lines) == volume?["log_lines_exported"]?.integer)
    #expect(Int64(summary.volume.events) == volume?["events"]?.integer)
    let outcomes = summary.manifest.inputs.map(\.outcome)
    #expect(outcomes.filter { $0 == .gap }.count < 10)
    // Every entry of an input exists, and every entry has an input.
    let entries = Set(summary.manifest.files.map(\.path))
    let named = Set(summary.manifest.inputs.flatMap(\.entries))
    #expect(named.isSubset(of: entries))
    #expect(entries.subtracting(named) == ["logs/streams.json"])
  }
}
