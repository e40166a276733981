import Canonical
import Telemetry
import Testing

@Suite struct CanonicalJSONTests {
  private let document = JSONValue.object([
    "b": .array([.number(1), .number(0.5), .number(Double.nan), .null, .bool(true)]),
    "a": .object([:]), "text": .string("q\" s\\ n\n u\u{1} é <"),
  ])

  @Test("A compact document has no spaces and keeps the order of its members")
  func printsCompact() {
    let text = String(decoding: Canonical.json(document, isPretty: false), as: UTF8.self)
    #expect(
      text == #"{"b":[1,0.5,null,null,true],"a":{},"text":"q\" s\\ n\n u\u0001 é <"}"# + "\n")
  }

  @Test("A pretty document indents by two spaces and leaves empty lists closed")
  func printsPretty() {
    let text = String(
      decoding: Canonical.json(.object(["a": .array([.number(1)]), "b": .array([])])),
      as: UTF8.self)
    #expect(text == "{\n  \"a\": [\n    1\n  ],\n  \"b\": []\n}\n")
  }

  @Test("The digest is SHA-256 in lower-case hexadecimal (FIPS 180-4, one block)")
  func digests() {
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(ContentDigest(of: "abc").hex == expected)
    #expect(ContentDigest(hex: expected)?.hex == expected)
    #expect(ContentDigest(hex: expected.uppercased()) == nil)
  }
}
