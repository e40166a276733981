import Foundation
import Reasoning
import Testing

@testable import Reporting

/// Every format of every sample analysis, whole files under `fixtures/reports/`.
///
/// `RECORD_GOLDENS=1` rewrites them and fails the run.
@Suite struct GoldenReportTests {
  private static let analyses = [
    ("incident", SampleAnalysis.incident), ("quiet", SampleAnalysis.quiet),
    ("blind", SampleAnalysis.blind),
  ]

  @Test(arguments: analyses.map(\.0)) func everyFormatKeepsItsGolden(name: String) throws {
    let analysis = try #require(Self.analyses.first { $0.0 == name }).1
    for file in ReportFile.all(of: analysis) {
      try Golden.expect(file.bytes, at: "reports/\(name)/\(file.name)")
    }
  }

  @Test func theSameAnalysisGivesTheSameBytesTwice() {
    #expect(
      ReportFile.all(of: SampleAnalysis.incident) == ReportFile.all(of: SampleAnalysis.incident))
  }

  @Test func everyFileOfFormatsIsListed() throws {
    let folder = Golden.packageRoot.appendingPathComponent("Sources/Reporting/Formats")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let listed = BuiltinFormats.all.map { "\(type(of: $0)).swift" }.sorted()
    #expect(files == listed)
  }

  @Test func everyCitationLinksToAnEntryOfTheEvidenceList() throws {
    let format = PostmortemFormat()
    let text = String(decoding: format.bytes(of: SampleAnalysis.incident), as: UTF8.self)
    let targets = text.matches(of: /\]\(#(e-[0-9a-f]{8})\)/).map { String($0.output.1) }
    #expect(Set(targets).count == 6)
    for target in targets {
      #expect(text.contains("<a id=\"\(target)\"></a>"), "no entry for \(target)")
    }
  }
}

/// Files under `fixtures/`, compared byte for byte.
enum Golden {
  static let packageRoot = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func expect(_ bytes: [UInt8], at path: String) throws {
    let file = packageRoot.appendingPathComponent("fixtures").appendingPathComponent(path)
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
      Issue.record("recorded \(path); run again without RECORD_GOLDENS")
      return
    }
    let golden = try [UInt8](Data(contentsOf: file))
    #expect(bytes == golden, "\(path) differs; see the change with RECORD_GOLDENS=1 and git diff")
  }
}
