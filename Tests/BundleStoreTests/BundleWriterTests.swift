import Archive
import BundleStore
import Canonical
import Foundation
import Testing

@Suite struct BundleWriterTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  private func add(_ path: String, to writer: BundleWriter, bytes: Int = 1) throws {
    try writer.add(
      path: path, role: .status, source: .prometheus, records: 0,
      content: [UInt8](repeating: 32, count: bytes))
  }

  @Test("Order of adding and number of threads change no byte")
  func sameBytes() throws {
    var files: [[UInt8]] = []
    for (order, width) in [([0, 1, 2, 3, 4], 1), ([4, 3, 2, 1, 0], 2), ([2, 0, 4, 1, 3], 4)] {
      try SampleBundle.write(to: folder.file("a"), order: order, width: width)
      files.append(try ScratchFolder.read(folder.file("a")))
    }
    #expect(files.allSatisfy { $0 == files[0] })
  }

  @Test("The bundle id is the documented digest")
  func bundleID() throws {
    let manifest = try SampleBundle.write(to: folder.file("a"))
    // Computed from the unpacked bundle with Python's json, hashlib and sorted.
    #expect(
      manifest.bundleID
        == "sha256:0530e212c0460080ab10972ff9529546b7458951ed0c664ff7836d6645388c3a")
  }

  @Test("Nothing but the bundle is left beside it")
  func leavesOnlyTheBundle() throws {
    try SampleBundle.write(to: folder.file("a"))
    #expect(folder.names == ["a"])
  }

  @Test("A writer that goes away without finishing leaves nothing", arguments: [1, 2])
  func abandoned(width: Int) throws {
    do {
      let writer = try BundleWriter(path: folder.file("a"), width: width)
      for index in 0..<20 { try add("f\(index)", to: writer, bytes: 100_000) }
      #expect(folder.names == [])
    }
    #expect(folder.names == [])
  }

  @Test("Where files need names, failures leave nothing and success only the bundle")
  func namedFiles() throws {
    func writer() throws -> BundleWriter {
      try BundleWriter(
        path: folder.file("a"), width: 2, limits: ArchiveLimits(totalBytes: 1000),
        allowsUnnamed: false)
    }
    do {
      let writer = try writer()
      try add("f", to: writer, bytes: 500)
      #expect(folder.names == [])
    }
    #expect(folder.names == [])
    let small = try writer()
    try add("f", to: small, bytes: 500)
    _ = try small.finish(SampleBundle.manifest)
    #expect(folder.names == ["a"])
    #expect(try BundleReader(path: folder.file("a")).verify(width: 1) == [])
    let large = try writer()
    try add("f", to: large, bytes: 1001)
    #expect(throws: BundleError.self) { try large.finish(SampleBundle.manifest) }
    #expect(folder.names == ["a"])
  }

  @Test("A leftover of a killed run is named, not overwritten")
  func leftover() throws {
    _ = try folder.write([1], to: "a.partial")
    let writer = try BundleWriter(
      path: folder.file("a"), width: 1, limits: ArchiveLimits(), allowsUnnamed: false)
    let error = #expect(throws: BundleError.self) { try writer.finish(SampleBundle.manifest) }
    #expect(error.map { "\($0)" }?.contains("a.partial exists") == true)
    #expect(folder.names == ["a.partial"])
  }

  @Test("A file that is there already is replaced only by a complete bundle")
  func replaces() throws {
    let path = try folder.write([1, 2, 3], to: "a")
    let writer = try BundleWriter(path: path)
    try add("f", to: writer)
    #expect(try ScratchFolder.read(path) == [1, 2, 3])
    _ = try writer.finish(SampleBundle.manifest)
    #expect(try BundleReader(path: path).manifest.files.map(\.path) == ["f"])
  }

  @Test("A folder, a device and a place that is not there are refused at once")
  func refusesTargets() throws {
    for path in [folder.path, folder.path + "/", "/dev/null", folder.file("none/a"), ""] {
      let error = #expect(throws: BundleError.self) { try BundleWriter(path: path) }
      #expect(error?.severity == .unwritten, "\(path)")
    }
  }

  @Test(
    "A path outside the strict rules is an error",
    arguments: [
      "", "A", "a//b", "/a", "a/", "../a", "a/../b", "é", "-a", ".a", "a b", "manifest.json",
      "a/b/c/d/e/f/g/h/i", String(repeating: "a", count: 101),
      String(repeating: "a/", count: 100) + "a",
    ])
  func refusesPaths(path: String) throws {
    let writer = try BundleWriter(path: folder.file("a"))
    #expect(throws: BundleError.self) { try add(path, to: writer) }
  }

  @Test("A path may be added once")
  func refusesDuplicates() throws {
    let writer = try BundleWriter(path: folder.file("a"))
    try add("a/b", to: writer)
    #expect(throws: BundleError.self) { try add("a/b", to: writer) }
  }

  @Test("A bundle without entries is a bundle")
  func empty() throws {
    let written = try BundleWriter(path: folder.file("a")).finish(SampleBundle.manifest)
    let reader = try BundleReader(path: folder.file("a"))
    #expect(reader.manifest.bundleID == written.bundleID)
    #expect(try reader.verify(width: 2) == [])
  }

  @Test(
    "gzip and tar accept a bundle",
    .enabled(if: SystemTool.exist("tar", "gzip"), "the system has no tar or gzip"))
  func systemTools() throws {
    try SampleBundle.write(to: folder.file("a.tar.gz"))
    let test = try SystemTool("gzip")?.run(["-t", "a.tar.gz"], in: folder.path)
    #expect(test?.code == 0)
    let unpack = try SystemTool("tar")?.run(["xzf", "a.tar.gz"], in: folder.path)
    #expect(unpack?.code == 0)
    #expect(unpack?.output == "")
    for (path, content) in SampleBundle.contents {
      #expect(try ScratchFolder.read(folder.file(path)) == content)
    }
    #expect(folder.names == ["a.tar.gz", "kubernetes", "logs", "manifest.json", "metrics"])
  }
}
