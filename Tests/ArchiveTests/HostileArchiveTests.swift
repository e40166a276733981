import Archive
import Testing

/// An archive made to harm, and the code of the error it must end in.
struct HostileArchive: Sendable, CustomStringConvertible {
  let description: String
  let code: String
  let bytes: [UInt8]

  init(_ description: String, _ code: String, _ craft: (inout TarCraft) -> Void) {
    self.description = description
    self.code = code
    var tar = TarCraft()
    craft(&tar)
    bytes = tar.ended
  }

  static let refused: [HostileArchive] = [
    HostileArchive("parent folder", "E101") { $0.add("../../etc/cron.d/x", content: [1]) },
    HostileArchive("absolute name", "E101") { $0.add("/etc/passwd") },
    HostileArchive("drive letter", "E101") { $0.add("C:\\x") },
    HostileArchive("empty name", "E101") { $0.add("") },
    HostileArchive("escape sequence", "E101") { $0.add("a\u{1B}]0;x\u{7}") },
    HostileArchive("unsafe pax path", "E101") {
      $0.addPax([("path", "../x")])
      $0.add("harmless")
    },
    HostileArchive("pax size against ustar size", "E103") {
      $0.addPax([("size", "1024")])
      $0.add("a", content: noise(512))
      $0.add("b", content: noise(512))
    },
    HostileArchive("link with a body", "E103") {
      $0.add("a", type: "1", content: noise(512), link: "b")
    },
    HostileArchive("folder with a body", "E103") { $0.add("a/", type: "5", content: noise(512)) },
    HostileArchive("global pax size", "E103") {
      $0.addPax([("size", "512")], type: "g")
      $0.add("a", content: noise(512))
    },
    HostileArchive("negative binary size", "E104") {
      $0.add("a", size: [UInt8](repeating: 0xff, count: 12))
    },
    HostileArchive("binary size of 2^63 - 1", "E104") {
      $0.add("a", size: [0x80, 0, 0, 0, 0x7f] + [UInt8](repeating: 0xff, count: 7))
    },
    HostileArchive("binary size beyond 64 bits", "E104") {
      $0.add("a", size: [0x80] + [UInt8](repeating: 0xff, count: 11))
    },
    HostileArchive("size of garbage", "E104") { $0.add("a", size: Array("9z9z9z9z9z9\u{0}".utf8)) },
    HostileArchive("negative pax size", "E104") {
      $0.addPax([("size", "-1")])
      $0.add("a", size: Array("00000000000\u{0}".utf8))
    },
    HostileArchive("duplicate name", "E105") {
      $0.add("a", content: [1])
      $0.add("./a", content: [2])
    },
    HostileArchive("GNU sparse file", "E106") { $0.add("a", type: "S", content: noise(512)) },
    HostileArchive("pax sparse file", "E106") {
      $0.addPax([("GNU.sparse.size", "1073741824")])
      $0.add("a", content: noise(512))
    },
    HostileArchive("volume of a set", "E102") { $0.add("a", type: "M", content: noise(512)) },
    HostileArchive("size beyond an entry's limit", "E114") {
      $0.add("a", size: Array("77777777777\u{0}".utf8))
    },
  ]

  static let malformed: [HostileArchive] = [
    HostileArchive("garbage after the end", "E108") {
      $0.add("a", content: [1])
      $0.addRaw([UInt8](repeating: 0, count: 1024) + [1])
    },
    HostileArchive("second archive after the end", "E108") {
      $0.add("a", content: [1])
      $0.addRaw([UInt8](repeating: 0, count: 1024))
      $0.add("b", content: [1])
    },
    HostileArchive("wrong checksum", "E107") {
      $0.add("a", content: [1])
      $0.addRaw(noise(512))
    },
    HostileArchive("malformed pax records", "E107") {
      $0.add("pax", type: "x", content: Array("99 path=a\n".utf8))
      $0.add("a")
    },
    HostileArchive("pax records of 2 MiB", "E107") {
      $0.add("pax", type: "x", content: [UInt8](repeating: 0x20, count: 2 << 20))
    },
    HostileArchive("size past the end", "E111") {
      $0.add("a", content: [1], size: Array("00001000000\u{0}".utf8))
    },
  ]
}

@Suite struct HostileArchiveTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test(
    "A hostile archive is refused for safety, plain and compressed",
    arguments: HostileArchive.refused)
  func refuses(archive: HostileArchive) throws {
    for bytes in [archive.bytes, gzip(archive.bytes)] {
      let error = ReadEntry.failure(at: try folder.write(bytes, to: "a")).error
      #expect(error?.code == archive.code, "\(String(describing: error))")
      #expect(error?.isRefusal == true)
    }
  }

  @Test(
    "A malformed archive is unreadable, plain and compressed", arguments: HostileArchive.malformed)
  func reports(archive: HostileArchive) throws {
    for bytes in [archive.bytes, gzip(archive.bytes)] {
      let error = ReadEntry.failure(at: try folder.write(bytes, to: "a")).error
      #expect(error?.code == archive.code, "\(String(describing: error))")
      #expect(error?.isRefusal == false)
    }
  }

  @Test("More entries than allowed are refused before they are all read")
  func tooManyEntries() throws {
    var tar = TarCraft()
    for index in 0..<6 { tar.add("f\(index)") }
    let path = try folder.write(tar.ended, to: "a.tar")
    #expect(ReadEntry.failure(at: path, limits: ArchiveLimits(entries: 6)).error == nil)
    #expect(
      ReadEntry.failure(at: path, limits: ArchiveLimits(entries: 5)).error
        == .tooManyEntries(limit: 5))
  }

  @Test("More bytes in all than allowed stop the reading")
  func tooManyBytes() throws {
    var tar = TarCraft()
    for index in 0..<6 { tar.add("f\(index)", content: noise(200_000)) }
    let path = try folder.write(gzip(tar.ended), to: "a.tgz")
    let limits = ArchiveLimits(totalBytes: 1_000_000)
    #expect(ReadEntry.failure(at: path, limits: limits).error?.code == "E115")
  }

  @Test("A message names code, entry and offset and holds no control character")
  func message() throws {
    var tar = TarCraft()
    tar.add("ok")
    tar.add("a\u{1B}[2J/../x")
    let path = try folder.write(tar.ended, to: "a.tar")
    let error = try #require(ReadEntry.failure(at: path).error)
    #expect(
      "\(error)"
        == "E101 unsafe-path entry 1 at offset 512: \"a?[2J/../x\" (refused, nothing written)")
  }
}
