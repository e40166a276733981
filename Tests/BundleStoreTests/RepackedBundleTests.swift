import Archive
import BundleStore
import Foundation
import JSONStream
import Testing

@Suite(.enabled(if: SystemTool.exist("tar", "gzip", "xz"), "the system has no tar, gzip or xz"))
struct RepackedBundleTests {
  let folder: ScratchFolder
  let bundleID: String

  init() throws {
    folder = try ScratchFolder()
    bundleID = try SampleBundle.write(to: folder.file("a.tar.gz")).bundleID
    let inner = folder.file("b")
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
    try SystemTool("tar")?.run(["xzf", "../a.tar.gz"], in: inner)
  }

  @Test(
    "A bundle that other tools packed again has the same id and content",
    arguments: [
      ["-czf", "r", "-C", "b", "."], ["-czf", "r", "b"], ["-cf", "r", "-C", "b", "."],
      ["-cJf", "r", "--format=pax", "b"],
      ["-czf", "r", "-C", "b", "metrics", "logs", "manifest.json", "kubernetes"],
    ])
  func repacked(arguments: [String]) throws {
    #expect(try SystemTool("tar")?.run(arguments, in: folder.path).code == 0)
    let reader = try BundleReader(path: folder.file("r"))
    #expect(reader.manifest.bundleID == bundleID)
    #expect(try reader.verify(width: 2) == [])
    let file = try #require(reader.manifest.files.first { $0.path == "metrics/0000.json" })
    let content = try reader.read(file, overlapped: true) { try SampleBundle.bytes(of: $0) }
    #expect(content == SampleBundle.contents[2].content)
  }

  @Test("A bundle that was only unzipped is read")
  func unzipped() throws {
    try SystemTool("gzip")?.run(["-dk", "a.tar.gz"], in: folder.path)
    let reader = try BundleReader(path: folder.file("a.tar"))
    #expect(reader.manifest.bundleID == bundleID)
    #expect(try reader.verify(width: 1) == [])
  }

  @Test("Changed, missing and added files are found after repacking")
  func changed() throws {
    try ScratchFolder.write([1, 2, 3], to: folder.file("b/kubernetes/events.json"))
    try ScratchFolder.write([1], to: folder.file("b/x.sh"))
    try FileManager.default.removeItem(atPath: folder.file("b/metrics/block.json"))
    try SystemTool("tar")?.run(["-czf", "r", "b"], in: folder.path)
    let reader = try BundleReader(path: folder.file("r"))
    let files = reader.manifest.files
    #expect(
      try reader.verify(width: 1) == [
        .file(files[0], .damaged(path: files[0].path, reason: "it has 3 bytes instead of 12")),
        .file(files[3], .missing(path: "metrics/block.json")),
        .unlisted(name: "x.sh"),
      ])
  }

  @Test("A repacked bundle that is cut off is read as far as it goes")
  func truncated() throws {
    let arguments = ["-cf", "r", "-C", "b", "manifest.json", "kubernetes", "logs", "metrics"]
    try SystemTool("tar")?.run(arguments, in: folder.path)
    let whole = try ScratchFolder.read(folder.file("r"))
    let path = try folder.write(Array(whole.prefix(100_000)), to: "cut")
    let reader = try BundleReader(path: path)
    #expect(reader.manifest.bundleID == bundleID)
    let defects = try reader.verify(width: 2)
    #expect(!defects.isEmpty)
    #expect(
      !defects.contains { if case .file(let file, _) = $0 { file.role == .events } else { false } })
    #expect(defects.last?.isDamage == true)
  }

  @Test("A link in a repacked bundle refuses it")
  func link() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("b/link"), withDestinationPath: "/etc/passwd")
    try SystemTool("tar")?.run(["-czf", "r", "b"], in: folder.path)
    let error = #expect(throws: BundleError.self) { try BundleReader(path: folder.file("r")) }
    #expect(error?.severity == .refused)
  }
}
