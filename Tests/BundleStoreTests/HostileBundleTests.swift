import Archive
import BundleStore
import Testing

/// A change to a sound manifest and what opening the bundle must end in.
struct ManifestChange: Sendable, CustomStringConvertible {
  let old: String
  let new: String
  let severity: BundleError.Severity
  let words: String

  init(_ old: String, _ new: String, _ severity: BundleError.Severity, _ words: String) {
    self.old = old
    self.new = new
    self.severity = severity
    self.words = words
  }

  var description: String { "\(old) → \(new.prefix(40))" }

  static let all: [ManifestChange] = [
    .init("incident-bundle/1", "incident-bundle/2", .unreadable, "newer than this build"),
    .init("incident-bundle/1", "incident-bundle/2.1", .unreadable, "upgrade"),
    .init("incident-bundle/1", "incident-bundle/0", .unreadable, "not an incident bundle"),
    .init("incident-bundle/1", "support-bundle/9", .unreadable, "not an incident bundle"),
    .init("\"schema\"", "\"scheme\"", .unreadable, "it has no schema"),
    .init("\"verdict\": \"partial\"", "\"verdict\": \"complete\"", .unreadable, "was changed"),
    .init("\"code\": \"CAPPED\"", "\"code\": \"NEWER\"", .unreadable, "manifest.coverage.gaps[1]"),
    .init("\"bytes\": 512", "\"bytes\": -512", .refused, "is negative"),
    .init("\"bytes\": 512", "\"bytes\": 1e3", .unreadable, "not a whole number"),
    .init("\"bytes\": 512", "\"bytes\": 99999999999999999999", .unreadable, "not a whole number"),
    .init("\"bytes\": 512", "\"bytes\": 9000000000", .refused, "E114"),
    .init("metrics/block.json", "../block.json", .refused, "E101"),
    .init("metrics/block.json", "/etc/passwd", .refused, "E101"),
    .init("metrics/block.json", "Metrics/block.json", .refused, "E101"),
    .init("metrics/block.json", "manifest.json", .refused, "E101"),
    .init("metrics/block.json", "metrics/empty.json", .refused, "listed twice"),
    .init("metrics/block.json", "metrics/zzzzz.json", .refused, "not in order"),
    .init("\"offset\": 0", "\"offset\": 9223372036854775807", .refused, "overlaps"),
    .init("\"offset\": 0", "\"offset\": 100000", .refused, "overlaps"),
    .init("\"sources\": [", "\"sources\": [,", .unreadable, "expected a value"),
    .init("\"sources\": [", "\"sources\": {}, \"was\": [", .unreadable, "sources is not a list"),
    .init(
      "\"sources\": [", "\"sources\": " + String(repeating: "[", count: 100_000), .unreadable,
      "exceeds the limit of 128"),
    .init("\"start\": \"2026", "\"start\": \"9999", .unreadable, "window"),
  ]
}

@Suite struct HostileBundleTests {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try SampleBundle.write(to: folder.file("sound"))
  }

  @Test("A manifest that no honest writer makes is refused by name", arguments: ManifestChange.all)
  func refuses(change: ManifestChange) throws {
    var parts = try CraftedBundle(path: folder.file("sound"))
    parts.replace(change.old, with: change.new)
    let path = try folder.write(parts.bytes(), to: "crafted")
    let error = #expect(throws: BundleError.self) { try BundleReader(path: path) }
    #expect(error?.severity == change.severity)
    #expect(error.map { "\($0)" }?.contains(change.words) == true, "\(String(describing: error))")
  }

  @Test("A manifest of nothing but commas is refused before it becomes a tree")
  func commas() throws {
    var parts = try CraftedBundle(path: folder.file("sound"))
    let zeros = String(repeating: "0,", count: 3_000_000)
    parts.replace("\"sources\": [", with: "\"sources\": [\(zeros)")
    let path = try folder.write(parts.bytes(), to: "crafted")
    let error = #expect(throws: BundleError.self) { try BundleReader(path: path) }
    #expect(error == .hostileManifest(reason: "it holds too many values"))
  }

  @Test("The tool's name may change without making it another bundle")
  func toolIsNoPartOfTheID() throws {
    var parts = try CraftedBundle(path: folder.file("sound"))
    parts.replace("oncall-capture 0.1", with: "oncall-capture 9.9")
    let reader = try BundleReader(path: try folder.write(parts.bytes(), to: "crafted"))
    #expect(reader.manifest.tool == "oncall-capture 9.9")
    #expect(try reader.verify(width: 1) == [])
  }

  @Test("More files than allowed, or more bytes, are refused before anything is read")
  func budgets() throws {
    let path = folder.file("sound")
    for (limits, code) in [
      (ArchiveLimits(entries: 5), "E113"), (ArchiveLimits(totalBytes: 1000), "E115"),
      (ArchiveLimits(entryBytes: 1000), "E114"),
      (ArchiveLimits(expansionRatio: 1, freeBytes: 1000), "E110"),
    ] {
      let error = #expect(throws: BundleError.self) { try BundleReader(path: path, limits: limits) }
      #expect(error?.severity == .refused)
      #expect(error.map { "\($0)" }?.hasPrefix(code) == true)
    }
  }

  @Test("What is no bundle is said to be none")
  func noBundle() throws {
    for (bytes, words) in [
      (Array("hello".utf8), "is not an incident bundle"), ([], "is not an incident bundle"),
      (try CraftedBundle.member("a.json", "{}") + UstarEntry.endMember(), "no manifest.json"),
      (Array("hello".utf8).withUnsafeBytes { GzipMember.compressed($0) }, "no manifest.json"),
    ] {
      let path = try folder.write(bytes, to: "other")
      let error = #expect(throws: BundleError.self) { try BundleReader(path: path) }
      #expect(error?.severity == .unreadable)
      #expect(error.map { "\($0)" }?.contains(words) == true, "\(String(describing: error))")
    }
    let missing = #expect(throws: BundleError.self) { try BundleReader(path: folder.file("none")) }
    #expect(missing?.severity == .unreadable)
  }
}
