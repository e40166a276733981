import Canonical
import Telemetry

/// Reads a manifest from its document; keys that it does not know are left alone.
///
/// The first thing that is missing or of the wrong kind is an error that names the key.
struct ManifestDecoder {
  /// What is wrong with the document.
  struct Mismatch: Error {
    let reason: String
  }

  /// The manifest in `document`.
  static func manifest(_ document: JSONValue) throws -> Manifest {
    let root = Node(value: document, key: "manifest")
    let coverage = try root.member("coverage")
    let redaction = try root.member("redaction")
    return Manifest(
      bundleID: try root.text("bundleId"), window: try root.member("window").range("start", "end"),
      displayTimeZone: try root.optional("displayTimeZone")?.text(), tool: try root.text("tool"),
      sources: try root.list("sources", source), files: try root.list("files", file),
      inputs: try root.list("inputs", input),
      coverage: try coverage.member("verdict").word(CoverageVerdict.self),
      gaps: try coverage.list("gaps", gap),
      redaction: RedactionSummary(
        isApplied: try redaction.member("applied").flag(),
        counts: try redaction.list("counts") {
          .init(rule: try $0.text("rule"), count: try $0.count("count"))
        }))
  }

  /// Where each file's gzip member lies, in the order of the files; nil unless all state it.
  static func members(_ document: JSONValue) throws -> [MemberLocation]? {
    let places = try Node(value: document, key: "manifest").list("files") { file in
      try file.optional("gz").map {
        MemberLocation(offset: try $0.count("offset"), bytes: try $0.count("bytes"))
      }
    }
    let stated = places.compactMap { $0 }
    return stated.count == places.count ? stated : nil
  }

  private static func source(_ node: Node) throws -> BundleSource {
    BundleSource(
      kind: try node.member("kind").word(SourceKind.self), version: try node.text("version"),
      scrapeInterval: try node.optional("scrapeInterval")?.span(),
      lookback: try node.optional("lookback")?.span(),
      eventHorizon: try node.optional("eventHorizon")?.time())
  }

  private static func file(_ node: Node) throws -> BundleFile {
    guard let digest = ContentDigest(hex: try node.text("sha256")) else {
      throw node.mismatch("sha256", "64 hexadecimal digits")
    }
    return BundleFile(
      path: try node.text("path"), role: try node.member("role").word(FileRole.self),
      source: try node.member("source").word(SourceKind.self),
      query: try node.optional("query").map(query), bytes: try node.count("bytes"),
      digest: digest, records: try node.count("records"),
      firstTime: try node.optional("firstTime")?.time(),
      lastTime: try node.optional("lastTime")?.time())
  }

  private static func query(_ node: Node) throws -> RecordedQuery {
    RecordedQuery(
      api: try node.text("api"), expression: try node.text("expression"),
      start: try node.optional("start")?.time(), end: try node.optional("end")?.time(),
      step: try node.optional("step")?.span())
  }

  private static func input(_ node: Node) throws -> BundleInput {
    BundleInput(
      path: try node.text("path"), bytes: try node.count("bytes"),
      outcome: try node.member("outcome").word(InputOutcome.self),
      entries: try node.list("entries") { try $0.text() }, detail: try node.text("detail"))
  }

  private static func gap(_ node: Node) throws -> CoverageGap {
    CoverageGap(
      source: try node.member("source").word(SourceKind.self), subject: try node.text("subject"),
      range: try node.optional("from") == nil ? nil : node.range("from", "to"),
      code: try node.member("code").word(GapCode.self), detail: try node.text("detail"),
      losesEvidence: try node.member("losesEvidence").flag())
  }
}

/// One value of the document with the key it stands under, for errors.
private struct Node {
  let value: JSONValue
  let key: String

  func optional(_ name: String) throws -> Node? {
    guard case .object = value else { throw mismatch(nil, "an object") }
    return value[name].map { Node(value: $0, key: "\(key).\(name)") }
  }

  func member(_ name: String) throws -> Node {
    guard let node = try optional(name) else { throw mismatch(name, "a value") }
    return node
  }

  func list<Element>(_ name: String, _ element: (Node) throws -> Element) throws -> [Element] {
    let list = try member(name)
    guard case .array(let elements) = list.value else { throw list.mismatch(nil, "a list") }
    return try elements.enumerated().map { index, value in
      try element(Node(value: value, key: "\(list.key)[\(index)]"))
    }
  }

  func text(_ name: String) throws -> String { try member(name).text() }

  func count(_ name: String) throws -> Int {
    let node = try member(name)
    guard let value = node.value.integer else { throw node.mismatch(nil, "a whole number") }
    guard value >= 0 else {
      throw BundleError.hostileManifest(reason: "\(node.key) is negative")
    }
    return Int(value)
  }

  func text() throws -> String {
    guard let text = value.string else { throw mismatch(nil, "a string") }
    return text
  }

  func flag() throws -> Bool {
    guard let flag = value.bool else { throw mismatch(nil, "true or false") }
    return flag
  }

  func time() throws -> Timestamp {
    guard let time = Canonical.timestamp(try text()) else { throw mismatch(nil, "a time") }
    return time
  }

  func span() throws -> TimeSpan {
    guard let span = Canonical.span(try text()) else { throw mismatch(nil, "a duration") }
    return span
  }

  func range(_ start: String, _ end: String) throws -> TimeRange {
    let (start, end) = (try member(start).time(), try member(end).time())
    guard start <= end else { throw mismatch(nil, "a start before its end") }
    return TimeRange(start: start, end: end)
  }

  func word<Word: RawRepresentable>(_ type: Word.Type) throws -> Word
  where Word.RawValue == String {
    guard let word = Word(rawValue: try text()) else {
      throw mismatch(nil, "a word that this version knows")
    }
    return word
  }

  func mismatch(_ name: String?, _ expected: String) -> ManifestDecoder.Mismatch {
    .init(reason: "\(name.map { "\(key).\($0)" } ?? key) is not \(expected)")
  }
}
