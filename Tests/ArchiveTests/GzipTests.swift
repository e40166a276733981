import Archive
import Testing

@Suite struct GzipTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
  }

  @Test(
    "What was compressed is inflated again, whatever its size",
    arguments: [0, 1, 511, 65_535, 65_536, 131_072, 1_000_003])
  func roundTrip(count: Int) throws {
    let content = noise(count)
    let path = try folder.write(gzip(content), to: "a.gz")
    #expect(try ReadEntry.all(at: path) == [ReadEntry(name: "a", kind: .file, content: content)])
  }

  @Test("A member carries no name and no time, and its system is unknown")
  func headerIsConstant() {
    // RFC 1952: ID1 ID2 CM FLG MTIME(4) XFL OS, here with OS 255 "unknown".
    #expect(gzip([1, 2, 3]).prefix(10) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
  }

  @Test(
    "gzip accepts our members",
    .enabled(if: SystemTool.exist("gzip"), "the system has no gzip"))
  func gzipAccepts() throws {
    try folder.write(gzip(noise(100_000)) + gzip([]), to: "a.gz")
    let result = try SystemTool("gzip")?.run(["-t", "a.gz"], in: folder.path)
    #expect(result?.code == 0, "\(result?.output ?? "")")
  }

  @Test("Several members are one file")
  func severalMembers() throws {
    let path = try folder.write(gzip([1, 2]) + gzip([]) + gzip([3]), to: "a.gz")
    #expect(try ReadEntry.all(at: path).map(\.content) == [[1, 2, 3]])
  }

  @Test("Zeros after the last member are padding; anything else is an error")
  func trailingBytes() throws {
    let member = gzip([1, 2])
    let padded = try folder.write(member + [0, 0, 0], to: "padded.gz")
    #expect(try ReadEntry.all(at: padded).map(\.content) == [[1, 2]])
    let followed = try folder.write(member + Array("junk".utf8), to: "followed.gz")
    #expect(ReadEntry.failure(at: followed).error == .trailingData(offset: member.count))
    let hidden = try folder.write(member + [0] + member, to: "hidden.gz")
    #expect(ReadEntry.failure(at: hidden).error == .trailingData(offset: member.count + 1))
  }

  @Test("Every flipped byte behind the header is noticed", arguments: [1, 300])
  func flippedByte(count: Int) throws {
    let sound = gzip(noise(count))
    for index in sound.indices where index >= 10 {
      var damaged = sound
      damaged[index] ^= 0xff
      let path = try folder.write(damaged, to: "a.gz")
      let error = ReadEntry.failure(at: path).error
      #expect(["E111", "E112"].contains(error?.code), "byte \(index)")
    }
  }

  @Test("A member cut off anywhere is truncated", arguments: [2, 9, 10, 11, 100, 317, 322])
  func truncated(count: Int) throws {
    let path = try folder.write(Array(gzip(noise(300)).prefix(count)), to: "a.gz")
    #expect(ReadEntry.failure(at: path).error == .truncated(entry: nil, offset: count))
  }

  @Test("Expansion beyond the ratio stops once the free bytes are used up")
  func expansion() throws {
    let path = try folder.write(gzip([UInt8](repeating: 0, count: 4 << 20)), to: "bomb.gz")
    let limits = ArchiveLimits(expansionRatio: 200, freeBytes: 1 << 20)
    let result = ReadEntry.failure(at: path, limits: limits)
    #expect(result.error?.code == "E110")
    #expect(result.error?.isRefusal == true)
    #expect(ReadEntry.failure(at: path).error == nil)
  }
}
