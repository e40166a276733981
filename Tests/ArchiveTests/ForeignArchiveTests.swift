import Archive
import Foundation
import Testing

@Suite struct ForeignArchiveTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  private static let longName = String(repeating: "long-directory/", count: 12) + "é.json"

  private func makeTree() throws {
    try folder.write(noise(300_000), to: "x/prometheus/up.json")
    try folder.write([], to: "x/prometheus/empty.json")
    try folder.write(noise(512, seed: 2), to: "x/" + Self.longName)
  }

  @Test(
    "Every packing of one tree gives the same entries",
    .enabled(
      if: SystemTool.exist("tar", "gzip", "xz", "zstd"), "the system has no tar, gzip, xz or zstd"),
    arguments: ["gnu", "pax", "v7"])
  func packings(dialect: String) throws {
    try makeTree()
    if dialect == "v7" {
      try FileManager.default.removeItem(atPath: folder.file("x/long-directory"))
    }
    let tar = try #require(SystemTool("tar"))
    var readings: [[ReadEntry]] = []
    for option in ["", "z", "J", "--zstd"] {
      let flags = option.hasPrefix("-") ? ["-c", option, "-f"] : ["c\(option)f"]
      let arguments = flags + ["x.bin", "--format=\(dialect)", "--sort=name", "x"]
      #expect(try tar.run(arguments, in: folder.path).code == 0)
      #expect(try ForeignArchive.isArchive(at: folder.file("x.bin")))
      readings.append(try ReadEntry.all(at: folder.file("x.bin")))
    }
    #expect(readings.allSatisfy { $0 == readings[0] })
    let files = readings[0].filter { $0.kind == .file }
    let expected = dialect == "v7" ? [] : ["x/" + Self.longName]
    #expect(files.map(\.name) == expected + ["x/prometheus/empty.json", "x/prometheus/up.json"])
    #expect(files.last?.content == noise(300_000))
  }

  @Test(
    "A single compressed file is one entry named after it",
    .enabled(if: SystemTool.exist("gzip", "xz", "zstd"), "the system has no gzip, xz or zstd"),
    arguments: [("gzip", "up.json.gz"), ("xz", "up.json.xz"), ("zstd", "up.json.zst")])
  func singleFile(tool: String, packed: String) throws {
    try folder.write(noise(200_000), to: "up.json")
    #expect(try SystemTool(tool)?.run(["-k", "up.json"], in: folder.path).code == 0)
    let entries = try ReadEntry.all(at: folder.file(packed))
    #expect(entries == [ReadEntry(name: "up.json", kind: .file, content: noise(200_000))])
  }

  @Test(
    "A flipped byte in xz or zstd is noticed",
    .enabled(if: SystemTool.exist("xz", "zstd"), "the system has no xz or zstd"),
    arguments: [("xz", "a.xz"), ("zstd", "a.zst")])
  func flippedByte(tool: String, packed: String) throws {
    try folder.write(noise(5000), to: "a")
    #expect(try SystemTool(tool)?.run(["-k", "a"], in: folder.path).code == 0)
    let sound = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.file(packed))))
    for index in stride(from: 20, to: sound.count, by: 97) {
      var damaged = sound
      damaged[index] ^= 0xff
      let path = try folder.write(damaged, to: "damaged")
      #expect(ReadEntry.failure(at: path).error != nil, "byte \(index)")
    }
    let cut = try folder.write(Array(sound.prefix(2500)), to: "cut")
    #expect(ReadEntry.failure(at: cut).error?.code == "E111")
  }

  @Test("Links and devices are reported and not followed")
  func links() throws {
    var tar = TarCraft()
    tar.add("link", type: "2", link: "/etc/passwd")
    tar.add("hard", type: "1", link: "link")
    tar.add("pipe", type: "6")
    tar.add("dir/", type: "5")
    let path = try folder.write(tar.ended, to: "a.tar")
    #expect(
      try ReadEntry.all(at: path) == [
        ReadEntry(name: "link", kind: .link(target: "/etc/passwd"), content: []),
        ReadEntry(name: "hard", kind: .link(target: "link"), content: []),
        ReadEntry(name: "pipe", kind: .special, content: []),
        ReadEntry(name: "dir", kind: .directory, content: []),
      ])
  }

  @Test("Content that nobody reads is skipped")
  func skipsContent() throws {
    var tar = TarCraft()
    tar.add("a", content: noise(200_000))
    tar.add("b", content: [7])
    let path = try folder.write(gzip(tar.ended), to: "a.tgz")
    var names: [String] = []
    try ForeignArchive.entries(at: path) { entry, _ in names.append(entry.name) }
    #expect(names == ["a", "b"])
  }

  @Test(
    "A file of another kind is named as such",
    arguments: ["", "hello", String(repeating: "{\"status\":\"success\"}", count: 100)])
  func otherKinds(content: String) throws {
    let path = try folder.write(Array(content.utf8), to: "a.tar.gz")
    #expect(try !ForeignArchive.isArchive(at: path))
    #expect(ReadEntry.failure(at: path).error == .unknownFormat(path: path))
  }

  @Test("A missing file, a folder and a device cannot be read")
  func unreadable() {
    for path in [folder.file("none"), folder.path, "/dev/null"] {
      #expect(ReadEntry.failure(at: path).error?.code == "E100", "\(path)")
    }
  }

  @Test("An archive is truncated wherever it is cut", arguments: [100, 512, 700, 1536, 2048, 2100])
  func truncated(count: Int) throws {
    var tar = TarCraft()
    tar.add("a", content: noise(600))
    tar.add("b", content: noise(10))
    let path = try folder.write(Array(tar.ended.prefix(count)), to: "a.tar")
    let failure = ReadEntry.failure(at: path)
    #expect(failure.error?.code == (count < 512 ? "E109" : "E111"))
    #expect(failure.error?.isRefusal == false)
    #expect(failure.entries == [100: 0, 512: 0, 700: 0, 1536: 1, 2048: 1, 2100: 1][count])
  }
}
