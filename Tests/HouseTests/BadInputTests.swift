import Foundation
import Testing

/// The bad inputs of "Must show": each ends with its exit code and one sentence, leaving nothing.
@Suite struct BadInputTests {
  @Test(arguments: ["report", "score", "timeline", "inspect"])
  func `a missing bundle cannot be read`(command: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Tool.analyze.run([command, "none.incident.tar.gz"], in: folder)
    #expect(outcome.status == 3)
    expectOneSentence(outcome, naming: "none.incident.tar.gz")
    #expect(folder.names == [])
  }

  @Test func `a missing export cannot be read`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Tool.capture.run(
      ["files", "none.tar.gz", "-o", "x.incident.tar.gz"], in: folder)
    #expect(outcome.status == 3)
    expectOneSentence(outcome, naming: "none.tar.gz")
    #expect(folder.names == [])
  }

  @Test(arguments: [
    [:], ["notes.bin": "\u{1}\u{2}\u{3}"], ["page.html": "<html></html>"], ["x.json": "{\"a\":1}"],
  ])
  func `a directory without anything recognisable gives no bundle`(
    content: [String: String]
  ) throws {
    let folder = try TemporaryFolder()
    let export = folder.url.appendingPathComponent("export")
    try FileManager.default.createDirectory(at: export, withIntermediateDirectories: true)
    for (name, text) in content {
      try text.write(to: export.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let outcome = try Tool.capture.run(["files", "export", "-o", "x.incident.tar.gz"], in: folder)
    #expect(outcome.status == 20)
    #expect(!outcome.complaint.isEmpty)
    #expect(folder.names == ["export"])
  }

  @Test func `a window that is empty is a mistake in the flags`() throws {
    let small = try SmallBundle()
    let recorded = try RecordedIncident(slug: "payments-oom-live")
    let outcome = try Tool.capture.run(
      [
        "files", recorded.export, "--from", "1795388000", "--to", "1795388000",
        "-o", "x.incident.tar.gz",
      ], in: small.folder)
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains("--from"))
    #expect(small.folder.names == [small.name])
  }

  @Test func `a window in which nothing was recorded gives no bundle`() throws {
    let folder = try TemporaryFolder()
    let recorded = try RecordedIncident(slug: "payments-oom-live")
    let outcome = try Tool.capture.run(
      [
        "files", recorded.export, "--from", "2001-01-01T00:00:00Z",
        "--to", "2001-01-01T01:00:00Z", "-o", "x.incident.tar.gz",
      ], in: folder)
    #expect(outcome.status == 20)
    #expect(!outcome.complaint.isEmpty)
    #expect(folder.names == [])
  }

  @Test(arguments: UnreadableBundle.allCases)
  func `a bundle whose manifest cannot be trusted is refused`(damage: UnreadableBundle) throws {
    let small = try SmallBundle()
    try damage.apply(to: small)
    let outcome = try Tool.analyze.run(["report", small.name, "-o", "out"], in: small.folder)
    #expect(outcome.status == 3)
    expectOneSentence(outcome, naming: damage.words)
    #expect(small.folder.names == [small.name])
  }

  @Test(arguments: DamagedContent.allCases)
  func `a bundle with damaged content is analyzed as far as it goes, and the report says so`(
    damage: DamagedContent
  ) throws {
    let small = try SmallBundle()
    try damage.apply(to: small)
    let outcome = try Tool.analyze.run(["report", small.name, "-o", "out"], in: small.folder)
    #expect(outcome.status == 5, "\(outcome.complaint)")
    #expect(small.folder.names == ["out", small.name])
    let report = try String(
      contentsOf: small.folder.url.appendingPathComponent("out/report.md"), encoding: .utf8)
    #expect(report.contains("damaged"))
  }

  /// One line on standard error, with `name` in it, and nothing on standard output.
  private func expectOneSentence(_ outcome: Tool.Outcome, naming name: String) {
    #expect(outcome.complaintLines.count == 1, "\(outcome.complaint)")
    #expect(outcome.complaint.contains(name), "\(outcome.complaint)")
    #expect(outcome.output == "")
  }
}

/// Damage after which nothing in a bundle can be relied on.
enum UnreadableBundle: CaseIterable {
  case empty, noArchive, cutInManifest, flippedInManifest, newerSchema

  /// What the sentence must name.
  var words: String {
    self == .newerSchema ? "incident-bundle/2" : "small.incident.tar.gz"
  }

  func apply(to bundle: SmallBundle) throws {
    var bytes = try bundle.bytes
    switch self {
    case .empty: bytes = []
    case .noArchive: bytes = Array("not a bundle at all\n".utf8)
    case .cutInManifest: bytes = Array(bytes.prefix(100))
    case .flippedInManifest: bytes[100] ^= 0x10
    case .newerSchema:
      let end = try #require(secondMember(of: bytes))
      let entry = try gzip(["-dc"], Array(bytes[..<end]), in: bundle.folder)
      let newer = String(decoding: entry, as: UTF8.self)
        .replacingOccurrences(of: "incident-bundle/1", with: "incident-bundle/2")
      bytes = try gzip(["-nc"], Array(newer.utf8), in: bundle.folder) + bytes[end...]
    }
    try bundle.replace(by: bytes)
  }
}

/// Damage behind the manifest.
enum DamagedContent: CaseIterable {
  case cut, flippedByte

  func apply(to bundle: SmallBundle) throws {
    var bytes = try bundle.bytes
    let content = try #require(secondMember(of: bytes)) + 100
    switch self {
    case .cut: bytes = Array(bytes[..<content])
    case .flippedByte: bytes[content] ^= 0x10
    }
    try bundle.replace(by: bytes)
  }
}

/// Where the second gzip member begins: every entry of a bundle is one member.
private func secondMember(of bytes: [UInt8]) -> Int? {
  bytes.indices.dropFirst(10).dropLast(2).first {
    bytes[$0] == 0x1f && bytes[$0 + 1] == 0x8b && bytes[$0 + 2] == 8
  }
}

/// Runs gzip over bytes.
private func gzip(
  _ arguments: [String], _ bytes: [UInt8], in folder: TemporaryFolder
) throws
  -> [UInt8]
{
  let file = folder.url.appendingPathComponent("gzip.input")
  try Data(bytes).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["gzip"] + arguments
  process.standardInput = try FileHandle(forReadingFrom: file)
  let output = Pipe()
  process.standardOutput = output
  try process.run()
  let result = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return [UInt8](result)
}
