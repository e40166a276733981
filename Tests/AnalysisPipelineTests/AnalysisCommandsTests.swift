import Foundation
import Reasoning
import Telemetry
import Testing

@testable import AnalysisPipeline

@Suite struct AnalysisCommandsTests {
  private static let text = Presentation(format: .text, isColoured: false, width: 80)
  private static let json = Presentation(format: .json, isColoured: false, width: 80)

  private func plan(in folder: TemporaryFolder) throws -> AnalysisPlan {
    let path = folder.path("shop.incident.tar.gz")
    if folder.text("shop.incident.tar.gz") == nil { try SmallOutage.write(to: path) }
    return AnalysisPlan(bundlePath: path)
  }

  @Test func anOutageIsAnIncidentThatOverlapsIt() throws {
    let folder = try TemporaryFolder()
    let analysis = try AnalysisRun.analyze(plan(in: folder)).analysis
    #expect(analysis.verdict == .incident)
    let incident = try #require(analysis.incidents.first?.incident)
    #expect(incident.startedAt >= SmallOutage.at(55) && incident.startedAt <= SmallOutage.at(63))
    #expect(incident.endedAt.map { $0 <= SmallOutage.at(100) } == true)
    #expect(incident.services == ["shop"])
  }

  @Test func whatComesAfterTheInstantChangesNothingBeforeIt() throws {
    let folder = try TemporaryFolder()
    var cut = try plan(in: folder)
    cut.asOf = SmallOutage.at(70)
    let whole = try AnalysisRun.analyze(plan(in: folder)).analysis.score.points
    let part = try AnalysisRun.analyze(cut).analysis.score.points
    #expect(part.count == 71)
    #expect(part.map(\.score) == whole.prefix(71).map(\.score))
  }

  @Test func theReportIsTheSameWithAnyNumberOfThreadsAndUnderAnyPath() throws {
    let folder = try TemporaryFolder()
    var plan = try plan(in: folder)
    _ = try AnalysisCommands.report(plan, into: folder.path("one"), as: Self.text)
    try FileManager.default.moveItem(
      atPath: plan.bundlePath, toPath: folder.path("renamed.incident.tar.gz"))
    plan.bundlePath = folder.path("renamed.incident.tar.gz")
    plan.threads = 3
    let result = try AnalysisCommands.report(plan, into: folder.path("two"), as: Self.json)
    #expect(
      folder.names("one") == ["analysis.json", "incident-score.md", "report.md", "timeline.csv"])
    for name in folder.names("one") {
      #expect(folder.text("one/\(name)") == folder.text("two/\(name)"), "\(name) differs")
    }
    #expect(String(decoding: result.output, as: UTF8.self) == folder.text("two/analysis.json"))
    #expect(result.exitCode == .done)
  }

  @Test func everyCommandGivesOneDocumentOfItsSchema() throws {
    let folder = try TemporaryFolder()
    let plan = try plan(in: folder)
    let outputs = [
      ("oncall.score/1", try AnalysisCommands.score(plan, as: Self.json)),
      ("oncall.timeline/1", try AnalysisCommands.timeline(plan, as: Self.json)),
      (
        "oncall.inspect/1",
        try AnalysisCommands.inspect(path: plan.bundlePath, threads: 1, as: Self.json)
      ),
    ]
    for (schema, result) in outputs {
      let document = try JSONSerialization.jsonObject(with: Data(result.output))
      #expect((document as? [String: Any])?["schema"] as? String == schema)
    }
  }

  @Test func aDamagedFileIsInTheReportAndInTheExitCode() throws {
    let folder = try TemporaryFolder()
    let plan = try plan(in: folder)
    let url = URL(fileURLWithPath: plan.bundlePath)
    var bytes = try [UInt8](Data(contentsOf: url))
    let member = try #require(
      bytes.indices.dropLast(2).last {
        bytes[$0] == 0x1F && bytes[$0 + 1] == 0x8B && bytes[$0 + 2] == 8
          && $0 < bytes.count - 200
      })
    bytes[member + 150] ^= 0x10
    try Data(bytes).write(to: url)
    let result = try AnalysisCommands.report(plan, into: folder.path("out"), as: Self.text)
    #expect(result.exitCode == .doneWithDamage)
    #expect(result.note?.contains("inspect") == true)
    #expect(folder.text("out/report.md")?.contains("1 file of the bundle damaged") == true)
  }

  @Test func anInstantBeforeTheWindowIsAMistakeInTheFlags() throws {
    let folder = try TemporaryFolder()
    var plan = try plan(in: folder)
    plan.asOf = Timestamp(seconds: 0)
    let failure = #expect(throws: AnalysisFailure.self) { try AnalysisRun.analyze(plan) }
    #expect(failure?.exitCode == .usage)
    #expect(failure?.description.hasPrefix("--as-of: ") == true)
  }

  @Test func tooManyStepsAreRefusedBeforeAnyWork() throws {
    let folder = try TemporaryFolder()
    var plan = try plan(in: folder)
    plan.step = TimeSpan(nanoseconds: 1_000_000)
    let failure = #expect(throws: AnalysisFailure.self) { try AnalysisRun.analyze(plan) }
    #expect(failure?.exitCode == .usage)
  }

  @Test func anOutputThatIsAFileIsRefusedAndLeftAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "out")
    let plan = try plan(in: folder)
    let failure = #expect(throws: AnalysisFailure.self) {
      try AnalysisCommands.report(plan, into: folder.path("out"), as: Self.text)
    }
    #expect(failure?.exitCode == .usage)
    #expect(folder.text("out") == "mine")
  }
}
