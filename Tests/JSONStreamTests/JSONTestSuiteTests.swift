import Foundation
import JSONStream
import Telemetry
import Testing

/// nst/JSONTestSuite: `y_` must be accepted, `n_` refused, `i_` may be either. No deviations.
@Suite(
  .enabled(
    if: SharedFolder.exists(SharedFolder.jsonTestSuite), "needs ../shared/suites/hostile"))
struct JSONTestSuiteTests {
  /// What RFC 8259 leaves open and this reader refuses: UTF-16, and nesting beyond the limit. It
  /// accepts the rest: numbers of any size stay text, bytes that are no UTF-8 are replaced.
  private static let refusedByChoice = [
    "i_string_UTF-16LE_with_BOM.json", "i_string_utf16BE_no_BOM.json",
    "i_string_utf16LE_no_BOM.json", "i_structure_500_nested_arrays.json",
  ]

  @Test("Each document is accepted or refused as its name says", arguments: names)
  func followsTheSuite(name: String) throws {
    let bytes = try SharedFolder.bytes(SharedFolder.jsonTestSuite.appendingPathComponent(name))
    let isAccepted = name.hasPrefix("y_") || name.hasPrefix("i_")
    let expected = isAccepted && !Self.refusedByChoice.contains(name)
    #expect(isTree(MemorySource(bytes)) == expected)
    #expect(isTree(PiecewiseSource.single(bytes)) == expected)
    #expect(isSkipped(MemorySource(bytes)) == expected)
    #expect(isSkipped(PiecewiseSource.single(bytes)) == expected)
  }

  @Test("The suite is there") func hasDocuments() {
    #expect(Self.names.count == 318)
  }

  static let names = SharedFolder.names(in: SharedFolder.jsonTestSuite)

  private func isTree(_ source: any ByteSource) -> Bool {
    (try? JSONValue(parsing: source)) != nil
  }

  private func isSkipped(_ source: any ByteSource) -> Bool {
    let cursor = JSONCursor(source, windowBytes: 1)
    do {
      guard try cursor.beginDocument() else { return false }
      try cursor.skipValue()
      try cursor.endDocument()
      return true
    } catch {
      return false
    }
  }
}
