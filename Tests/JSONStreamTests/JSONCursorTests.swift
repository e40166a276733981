import JSONStream
import Telemetry
import Testing

@Suite struct JSONCursorTests {
  @Test(
    "Strings are unescaped",
    arguments: [
      (#""""#, ""),
      (#""plain""#, "plain"),
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u0041\u00e9\u20AC\ud83d\ude00""#, "Aé€😀"),
      (#""a\u0000b""#, "a\u{0}b"),
      (#""caf\u00e9 é 漢字 🙂""#, "café é 漢字 🙂"),
      (#""0123456789abcdef\"0123456789abcdef""#, "0123456789abcdef\"0123456789abcdef"),
    ])
  func unescapes(json: String, expected: String) throws {
    #expect(try strings(in: Array(json.utf8)) == [expected])
  }

  @Test(
    "What is no Unicode is replaced and counted",
    arguments: [
      (Array(#""\ud800""#.utf8), "\u{FFFD}", 1),
      (Array(#""\udc00x""#.utf8), "\u{FFFD}x", 1),
      (Array(#""\ud800\ud800""#.utf8), "\u{FFFD}\u{FFFD}", 2),
      (Array(#""\ud800A""#.utf8), "\u{FFFD}A", 1),
      ([0x22, 0xFF, 0x22], "\u{FFFD}", 1),
      ([0x22, 0x61, 0xC3, 0x22], "a\u{FFFD}", 1),
      // Unicode 16, section 3.9: one replacement for each maximal part.
      ([0x22, 0xF0, 0x80, 0x80, 0x41, 0x22], "\u{FFFD}\u{FFFD}\u{FFFD}A", 3),
      (
        [0x22, 0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92, 0xF1, 0xBF, 0x41, 0x22],
        "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A", 4
      ),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
    ] as [([UInt8], String, Int)])
  func replaces(json: [UInt8], expected: String, count: Int) throws {
    for source in sources(of: json) {
      let cursor = JSONCursor(source, windowBytes: 1)
      #expect(try cursor.beginDocument())
      let text = String(decoding: try cursor.readString(), as: UTF8.self)
      #expect(text.hasSameBytes(as: expected))
      #expect(cursor.replacedUTF8 == count)
    }
  }

  @Test("A key stays readable when its value lies in the next piece") func keepsKeys() throws {
    let json = Array(#"{"first" : 1, "s\u0065cond":"x"}"#.utf8)
    for source in sources(of: json) {
      let cursor = JSONCursor(source, windowBytes: 1)
      var keys: [String] = []
      #expect(try cursor.beginDocument())
      try cursor.beginObject()
      while let key = try cursor.nextKey() {
        keys.append(String(decoding: key, as: UTF8.self))
        try cursor.skipValue()
      }
      try cursor.endDocument()
      #expect(keys == ["first", "second"])
    }
  }

  @Test(
    "A captured value is as it was written",
    arguments: [
      #"{ "a" : [1, "\u0041", {}] , "b":null}"#, "[]", "-1.50e+3", #""\n""#, "true", "[[[]],false]",
    ])
  func captures(value: String) throws {
    let json = Array((#"{"before":1,"value":"# + value + #","after":2}"#).utf8)
    for source in sources(of: json) {
      let cursor = JSONCursor(source, windowBytes: 1)
      #expect(try cursor.beginDocument())
      try cursor.beginObject()
      while let key = try cursor.nextKey() {
        if key.elementsEqual("value".utf8) {
          #expect(String(decoding: try cursor.captureValue(), as: UTF8.self) == value)
        } else {
          try cursor.skipValue()
        }
      }
      try cursor.endDocument()
    }
  }

  @Test("A tree keeps order, digits and the last of two values") func readsTrees() throws {
    let json = #"{"z":[1.10,-0],"a":{"k":true,"j":null},"z2":1e400,"a":"last"}"#
    for source in sources(of: Array(json.utf8)) {
      let cursor = JSONCursor(source, windowBytes: 1)
      #expect(try cursor.beginDocument())
      let value = try cursor.readValue()
      #expect(
        value
          == .object([
            JSONMember(key: "z", value: .array([.number("1.10"), .number("-0")])),
            JSONMember(key: "a", value: .string("last")),
            JSONMember(key: "z2", value: .number("1e400")),
          ]))
      #expect(cursor.duplicateKeys == 1)
    }
  }

  @Test("Keys that only look alike are two keys") func comparesKeysAsBytes() throws {
    let json = "{\"caf\u{e9}\":1,\"cafe\u{301}\":2}"
    let cursor = JSONCursor(MemorySource(Array(json.utf8)))
    #expect(try cursor.beginDocument())
    #expect(try cursor.readValue().members.count == 2)
    #expect(cursor.duplicateKeys == 0)
  }

  @Test("Repeated keys are found in large objects too") func countsManyDuplicates() throws {
    let members = (0..<100).map { "\"k\($0 % 40)\":\($0)" }.joined(separator: ",")
    let cursor = JSONCursor(MemorySource(Array("{\(members)}".utf8)))
    #expect(try cursor.beginDocument())
    let value = try cursor.readValue()
    #expect(value.members.map(\.key) == (0..<40).map { "k\($0)" })
    #expect(value["k5"] == .number("85"))
    #expect(cursor.duplicateKeys == 60)
  }

  @Test("Documents of JSON Lines follow each other") func readsLines() throws {
    for source in sources(of: Array("1\n {\"a\":2}\r\n\n\"x\"".utf8)) {
      let cursor = JSONCursor(source, windowBytes: 1)
      var values: [JSONValue] = []
      while try cursor.beginDocument() { values.append(try cursor.readValue()) }
      #expect(values == [.number("1"), .object(["a": .number("2")]), .string("x")])
    }
  }

  private func strings(in json: [UInt8]) throws -> Set<String> {
    var found: Set<String> = []
    for source in sources(of: json) {
      let cursor = JSONCursor(source, windowBytes: 1)
      guard try cursor.beginDocument() else { continue }
      found.insert(String(decoding: try cursor.readString(), as: UTF8.self))
      try cursor.endDocument()
    }
    return found
  }

  /// `json` whole, byte by byte, and cut in two at every byte.
  private func sources(of json: [UInt8]) -> [any ByteSource] {
    [MemorySource(json), PiecewiseSource.single(json)]
      + json.indices.dropFirst().map { PiecewiseSource.cut(json, at: $0) }
  }
}
