import Archive
import BundleStore
import Foundation
import JSONStream
import Testing

@Suite struct BundleDamageTests {
  let folder: ScratchFolder
  let sound: [UInt8]
  /// Where each file's member begins, in order of the manifest, and where the last one ends.
  let boundaries: [Int]

  init() throws {
    folder = try ScratchFolder()
    try SampleBundle.write(to: folder.file("sound"))
    sound = try ScratchFolder.read(folder.file("sound"))
    let parts = try CraftedBundle(path: folder.file("sound"))
    let document = try JSONSerialization.jsonObject(with: Data(parts.manifest.utf8))
    let files = (document as? [String: Any])?["files"] as? [[String: Any]] ?? []
    let places = files.compactMap { $0["gz"] as? [String: Int] }
    let base = sound.count - parts.rest.count
    boundaries =
      places.map { base + ($0["offset"] ?? 0) }
      + [base + (places.last.map { ($0["offset"] ?? 0) + ($0["bytes"] ?? 0) } ?? 0)]
  }

  @Test("A sound bundle has no defects, on any number of threads", arguments: [1, 2, 5])
  func sound(width: Int) throws {
    #expect(try BundleReader(path: folder.file("sound")).verify(width: width) == [])
  }

  @Test("A flipped byte anywhere is caught, and only the entry it hits is lost")
  func flippedByte() throws {
    #expect(boundaries.count == 6)
    let first = boundaries[0]
    let positions =
      Array(stride(from: 0, to: first, by: 13)) + boundaries.flatMap { [$0, $0 + 4, $0 + 9] }
      + Array(stride(from: first, to: sound.count, by: 4001)) + [sound.count - 1]
    for position in positions where position < sound.count {
      var damaged = sound
      damaged[position] ^= 0xff
      let path = try folder.write(damaged, to: "damaged")
      if position < first {
        let error = #expect(throws: BundleError.self) { try BundleReader(path: path) }
        #expect(error?.severity == .unreadable, "byte \(position)")
      } else {
        let defects = try BundleReader(path: path).verify(width: 1)
        #expect(defects.count { $0.isDamage } == 1, "byte \(position): \(defects)")
      }
    }
  }

  @Test("A bundle cut off behind its manifest opens, and exactly the lost entries are missing")
  func truncated() throws {
    for (index, boundary) in boundaries.enumerated() {
      for cut in [boundary, boundary + 1, boundary + 20] where cut < sound.count {
        let path = try folder.write(Array(sound.prefix(cut)), to: "cut")
        let reader = try BundleReader(path: path)
        let defects = try reader.verify(width: 2)
        let lost = reader.manifest.files[index...]
        #expect(
          defects.dropLast() == lost.map { .file($0, .missing(path: $0.path)) }[...], "cut \(cut)")
        #expect(defects.last?.isDamage == true)
      }
    }
  }

  @Test("A bundle cut off inside its manifest cannot be read", arguments: [0, 1, 10, 100, 400])
  func truncatedManifest(count: Int) throws {
    let path = try folder.write(Array(sound.prefix(count)), to: "cut")
    let error = #expect(throws: BundleError.self) { try BundleReader(path: path) }
    #expect(error?.severity == .unreadable)
  }

  @Test("Damage is reported although the reader stopped early or failed", arguments: [false, true])
  func damageAfterEarlyStop(overlapped: Bool) throws {
    struct Consequence: Error {}
    var damaged = sound
    damaged[boundaries[3] - 5] ^= 1
    let reader = try BundleReader(path: try folder.write(damaged, to: "damaged"))
    let file = reader.manifest.files[2]
    #expect(throws: BundleError.self) {
      try reader.read(file, overlapped: overlapped) { _ in }
    }
    #expect(throws: BundleError.self) {
      try reader.read(file, overlapped: overlapped) { _ in throw Consequence() }
    }
    #expect(throws: Consequence.self) {
      try reader.read(reader.manifest.files[1], overlapped: overlapped) { _ in throw Consequence() }
    }
  }

  @Test("Content that compresses soundly but is not what was captured is caught")
  func exchangedContent() throws {
    var parts = try CraftedBundle(path: folder.file("sound"))
    let path = try folder.write(parts.manifestMember() + parts.rest, to: "same")
    #expect(try BundleReader(path: path).verify(width: 1) == [])
    // The first file by path is kubernetes/events.json with {"items":[]}.
    let member = try CraftedBundle.member("kubernetes/events.json", "{\"items\":{}}")
    let old = boundaries[1] - boundaries[0]
    parts.rest.replaceSubrange(0..<old, with: member)
    try #require(member.count == old, "both compress to the same size")
    let reader = try BundleReader(path: try folder.write(parts.bytes(), to: "exchanged"))
    let defects = try reader.verify(width: 1)
    #expect(defects.count == 1)
    #expect("\(defects[0])".contains("SHA-256"))
  }

  @Test("Entries that the manifest does not list are named, wherever they stand")
  func unlisted() throws {
    let parts = try CraftedBundle(path: folder.file("sound"))
    let extra = try CraftedBundle.member("x.sh", "rm -rf /")
    let end = UstarEntry.endMember()
    let path = try folder.write(
      parts.manifestMember() + parts.rest.dropLast(end.count) + extra + end, to: "extra")
    #expect(try BundleReader(path: path).verify(width: 1) == [.unlisted(name: "x.sh")])
    let behind = try folder.write(sound + extra + end, to: "behind")
    #expect(try BundleReader(path: behind).containerDefects() == [.unlisted(name: "x.sh")])
    let garbage = try folder.write(sound + [1, 2, 3], to: "garbage")
    #expect(try BundleReader(path: garbage).containerDefects().count { $0.isDamage } == 1)
  }
}
