import BundleStore
import Telemetry
import Testing

@testable import Collection

@Suite struct RedactionTests {
  /// Replaces the word `hunter2` wherever it stands.
  private struct WordRedactor: Redacting {
    func redaction(of text: UnsafeRawBufferPointer) throws -> RedactedText? {
      let words = String(decoding: text, as: UTF8.self)
      let parts = words.split(separator: "hunter2", omittingEmptySubsequences: false)
      guard parts.count > 1 else { return nil }
      return RedactedText(
        bytes: Array(parts.joined(separator: "[gone]").utf8),
        rules: Array(repeating: "word", count: parts.count - 1))
    }

    func redaction(of document: JSONValue) throws -> RedactedDocument? {
      let (changed, count) = replaced(document)
      return count == 0
        ? nil
        : RedactedDocument(document: changed, rules: Array(repeating: "document", count: count))
    }

    private func replaced(_ value: JSONValue) -> (JSONValue, Int) {
      switch value {
      case .string("hunter2"): return (.string("[gone]"), 1)
      case .array(let elements):
        let parts = elements.map(replaced)
        return (.array(parts.map(\.0)), parts.reduce(0) { $0 + $1.1 })
      case .object(let members):
        let parts = members.map { replaced($0.value) }
        let changed = zip(members, parts).map { JSONMember(key: $0.key, value: $1.0) }
        return (.object(changed), parts.reduce(0) { $0 + $1.1 })
      default: return (value, 0)
      }
    }
  }

  private struct FailingRedactor: Redacting {
    struct Failure: Error {}
    func redaction(of text: UnsafeRawBufferPointer) throws -> RedactedText? { throw Failure() }
    func redaction(of document: JSONValue) throws -> RedactedDocument? { throw Failure() }
  }

  private static let files: KeyValuePairs = [
    "m.json": Body.matrix(
      #"{"metric":{"__name__":"up","user":"hunter2"},"values":[[100,"1"]]}"#),
    "l.json": Body.streams(
      Body.stream(["app": "x", "detected_level": "info"], [(100, "pw hunter2"), (100, "q")])),
    "k.json": #"{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","#
      + #""metadata":{"name":"p"},"spec":{"token":"hunter2"}}]}"#,
    "c.json": #"{"status":"success","data":{"yaml":"hunter2"}}"#,
  ]

  @Test func `every kind of value is redacted and counted`() throws {
    let imported = try Imported(Self.files, redactor: WordRedactor(), width: 2)
    for path in imported.paths { #expect(!imported.text(path).contains("hunter2")) }
    #expect(
      imported.export.redaction
        == RedactionSummary(
          isApplied: true,
          counts: [.init(rule: "document", count: 2), .init(rule: "word", count: 2)]))
    #expect(imported.logLines.first?.contains(#""m":"pw [gone]""#) == true)
  }

  @Test func `without a redactor nothing changes and the summary says so`() throws {
    let imported = try Imported(Self.files)
    #expect(imported.export.redaction == RedactionSummary(isApplied: false))
    #expect(imported.text("metrics/0001-up.json").contains("hunter2"))
  }

  @Test func `a rule that fails stops the import`() {
    #expect(throws: FailingRedactor.Failure.self) {
      try Imported(Self.files, redactor: FailingRedactor())
    }
  }
}
