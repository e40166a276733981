import Foundation
import Testing

/// The sample is what a new user sees first, so what is checked in is what the tools print.
@Suite struct SampleTests {
  /// The one bundle in `samples`, without its ending.
  private var name: String {
    get throws {
      let bundles = Repository.names(in: "samples").filter { $0.hasSuffix(".incident.tar.gz") }
      try #require(bundles.count == 1, "samples holds \(bundles)")
      return String(bundles[0].dropLast(".incident.tar.gz".count))
    }
  }

  @Test(arguments: ["report.md", "timeline.csv"])
  func `the report and the timeline beside the sample are those of the sample`(
    file: String
  ) throws {
    let folder = try TemporaryFolder()
    let bundle = Repository.path("samples/\(try name).incident.tar.gz")
    let outcome = try Tool.analyze.run(["report", bundle, "-o", "out"], in: folder)
    #expect(outcome.status == 0, "\(outcome.complaint)")

    let made = try Data(contentsOf: folder.url.appendingPathComponent("out/\(file)"))
    let golden = Repository.root.appendingPathComponent("samples/\(try name).\(file)")
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try made.write(to: golden)
      Issue.record("\(golden.lastPathComponent) is rewritten; look at the difference")
      return
    }
    let kept = try? Data(contentsOf: golden)
    #expect(kept == made, "samples/\(golden.lastPathComponent); RECORD_GOLDENS=1 rewrites it")
  }

  @Test func `the sample is small enough to be cloned by everybody`() throws {
    let path = Repository.path("samples/\(try name).incident.tar.gz")
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    #expect(try #require(size) < 3_000_000)
  }

  @Test func `the README shows a part of the sample's report`() throws {
    let report = try text("samples/\(try name).report.md").split(separator: "\n")
    let readme = try text("README.md")
    let start = try #require(readme.range(of: "<!-- from the sample's report -->\n```text\n"))
    let end = try #require(readme.range(of: "\n```", range: start.upperBound..<readme.endIndex))
    let excerpt = readme[start.upperBound..<end.lowerBound].split(separator: "\n")
    let absent = excerpt.filter { $0 != "…" && !report.contains($0) }
    #expect(excerpt.count > 5)
    #expect(absent == [])
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.root.appendingPathComponent(path), encoding: .utf8)
  }
}
