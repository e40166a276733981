import Foundation
import Reporting
import Testing

@testable import AnalysisPipeline

@Suite struct OutputDirectoryTests {
  private let files = [
    ReportFile(name: "a.txt", bytes: Array("new a".utf8)),
    ReportFile(name: "b.txt", bytes: Array("new b".utf8)),
  ]

  @Test func missingParentsAreCreated() throws {
    let folder = try TemporaryFolder()
    try OutputDirectory(path: folder.path("deep/er/out")).write(files)
    #expect(folder.names("deep/er/out") == ["a.txt", "b.txt"])
    #expect(folder.text("deep/er/out/b.txt") == "new b")
  }

  @Test func filesOfTheSameNameAreReplacedAndOthersAreLeftAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("old a", to: "out/a.txt")
    try folder.write("mine", to: "out/notes.txt")
    try OutputDirectory(path: folder.path("out")).write(files)
    #expect(folder.names("out") == ["a.txt", "b.txt", "notes.txt"])
    #expect(folder.text("out/a.txt") == "new a")
    #expect(folder.text("out/notes.txt") == "mine")
  }

  @Test func aLinkIsReplacedAndNotFollowed() throws {
    let folder = try TemporaryFolder()
    try folder.write("elsewhere", to: "elsewhere.txt")
    try folder.write("", to: "out/notes.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("out/a.txt"), withDestinationPath: folder.path("elsewhere.txt"))
    try OutputDirectory(path: folder.path("out")).write(files)
    #expect(folder.text("elsewhere.txt") == "elsewhere")
    #expect(folder.text("out/a.txt") == "new a")
  }

  @Test(arguments: ["file", "file/out", ""]) func aPathThatIsNoDirectoryIsRefused(
    name: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "file")
    let path = name.isEmpty ? "" : folder.path(name)
    #expect(throws: AnalysisFailure.self) { try OutputDirectory(path: path).write(files) }
    #expect(folder.names("") == ["file"])
    #expect(folder.text("file") == "x")
  }

  @Test func nothingIsWrittenWhenOneFileCannotBe() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "out/b.txt/inside")
    let failure = #expect(throws: AnalysisFailure.self) {
      try OutputDirectory(path: folder.path("out")).write(files)
    }
    #expect(failure?.exitCode == .usage)
    #expect(folder.names("out") == ["b.txt"])
  }

  @Test func aNewDirectoryIsTakenAwayAgainAfterAFailure() throws {
    let folder = try TemporaryFolder()
    let tooLong = ReportFile(name: String(repeating: "n", count: 300), bytes: [])
    #expect(throws: AnalysisFailure.self) {
      try OutputDirectory(path: folder.path("a/b")).write(files + [tooLong])
    }
    #expect(folder.names("") == [])
  }
}

/// A folder that goes away with its owner.
final class TemporaryFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func names(_ name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []).sorted()
  }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  func write(_ text: String, to name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
