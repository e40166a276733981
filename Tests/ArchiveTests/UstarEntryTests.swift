import Archive
import Testing

@Suite struct UstarEntryTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test(
    "tar lists our entries with fixed owner, mode and time",
    .enabled(if: SystemTool.exist("tar", "gzip"), "the system has no tar or gzip"))
  func tarLists() throws {
    let content = [UInt8](repeating: 65, count: 700)
    let first = try content.withUnsafeBytes { try UstarEntry.member(path: "a/b.json", content: $0) }
    let second = try [].withUnsafeBytes { try UstarEntry.member(path: "c", content: $0) }
    try folder.write(first + second + UstarEntry.endMember(), to: "a.tar.gz")
    let result = try SystemTool("tar")?.run(["tvzf", "a.tar.gz"], in: folder.path)
    #expect(result?.code == 0)
    #expect(
      result?.output == """
        -rw-r--r-- 0/0             700 1980-01-01 00:00 a/b.json
        -rw-r--r-- 0/0               0 1980-01-01 00:00 c

        """)
  }

  @Test("A path too long for ustar is an error, not a pax header")
  func longPath() {
    let path = String(repeating: "a", count: 101)
    #expect(throws: ArchiveError.self) {
      try [].withUnsafeBytes { try UstarEntry.member(path: path, content: $0) }
    }
  }

  @Test("A header is read back; one with a wrong checksum is none")
  func header() throws {
    var tar = TarCraft()
    tar.add("logs/a.json", content: [1, 2, 3])
    var block = Array(tar.bytes.prefix(512))
    let header = try #require(block.withUnsafeBytes { UstarHeader($0) })
    #expect(header.path == "logs/a.json")
    #expect(header.bytes == 3)
    #expect(header.isRegularFile)
    block[0] ^= 1
    #expect(block.withUnsafeBytes { UstarHeader($0) } == nil)
  }
}
