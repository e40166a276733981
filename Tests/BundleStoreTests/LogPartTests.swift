import BundleStore
import JSONStream
import Telemetry
import Testing

@Suite struct LogPartTests {
  @Test("An entry is one line of JSON") func writesEntries() {
    var part: [UInt8] = []
    append(1_795_387_639_741_107_000, 0, "plain", .empty, to: &part)
    append(0, 12, "a\"b\\c\n\u{1b}[31m é\u{0}", LabelSet(["trace_id": "x\"y", "a": ""]), to: &part)
    append(-1, 3, "", .empty, to: &part)
    #expect(
      String(decoding: part, as: UTF8.self) == #"""
        {"t":"1795387639741107000","s":0,"m":"plain"}
        {"t":"0","s":12,"m":"a\"b\\c\n\u001b[31m é\u0000","x":{"a":"","trace_id":"x\"y"}}
        {"t":"-1","s":3,"m":""}

        """#)
  }

  @Test("What was written is read back, however the bytes arrive") func readsBack() throws {
    var part: [UInt8] = []
    append(9_223_372_036_854_775_807, 0, "plain", .empty, to: &part)
    append(0, 12, "a\"b\\c\n\u{1b} é\u{0}", LabelSet(["trace_id": "x\"y"]), to: &part)
    append(5, 1, "with metadata", LabelSet(["a": "b", "c": "d"]), to: &part)
    append(-1, 3, "", .empty, to: &part)
    let expected = [
      "9223372036854775807 0 'plain' ",
      "0 12 'a\"b\\c\n\u{1b} é\u{0}' {\"trace_id\":\"x\\\"y\"}",
      "5 1 'with metadata' {\"a\":\"b\",\"c\":\"d\"}",
      "-1 3 '' ",
    ]
    #expect(try entries(MemorySource(part)) == expected)
    for size in 1...part.count {
      #expect(try entries(Chunks(part, size: size)) == expected, "pieces of \(size)")
    }
  }

  @Test(
    "Other ways to write an entry are read too",
    arguments: [
      "{\"m\":\"line\",\"s\":7,\"t\":\"5\"}",
      "{ \"t\" : \"5\" , \"s\" : 7 , \"m\" : \"line\" }\r\n\r\n",
      "{\"t\":\"5\",\"s\":7,\"m\":\"l\\u0069ne\",\"later\":[1,{}]}\n",
    ])
  func readsOtherLayouts(part: String) throws {
    #expect(try entries(MemorySource(Array(part.utf8))) == ["5 7 'line' "])
  }

  @Test("Empty metadata is given as it is written") func readsEmptyMetadata() throws {
    let part = #"{"t":"5","s":7,"m":"line","x":{}}"# + "\n"
    #expect(try entries(MemorySource(Array(part.utf8))) == ["5 7 'line' {}"])
  }

  @Test("An empty part has no entries") func readsNothing() throws {
    #expect(try entries(MemorySource([])).isEmpty)
    #expect(try entries(MemorySource(Array("\n".utf8))).isEmpty)
  }

  @Test(
    "A damaged line is named by its number and place",
    arguments: [
      (#"{"t":"x","s":0,"m":""}"#, #"line 3: "x" at byte 55 is not nanoseconds"#),
      (
        #"{"t":"9223372036854775808","s":0,"m":""}"#,
        #"line 3: "9223372036854775808" at byte 55 is not nanoseconds"#
      ),
      (#"{"t":"1","s":-1,"m":""}"#, #"line 3: "-1" at byte 63 is not a stream number"#),
      (#"{"t":"1","s":0.5,"m":""}"#, #"line 3: "0.5" at byte 63 is not a stream number"#),
      (#"{"t":"1","s":06,"m":""}"# + "\n", "line 3: '6' at byte 64; expected a number"),
      (#"{"t":"1","s":"0","m":""}"#, #"line 3: '"' at byte 63; expected a number"#),
      (#"{"t":1,"s":0,"m":""}"#, "line 3: '1' at byte 55; expected a string"),
      (#"{"t":"1","m":""}"#, #"line 3: an entry without "s" at byte 50; expected t, s and m"#),
      (#"{"t":"1","s":0,"m":"","x":}"# + "\n", "line 3: '}' at byte 76; expected a value"),
      ("null", "line 3: 'n' at byte 50; expected an object"),
      (
        #"{"t":"1","s":0,"m":"cut"#,
        "line 3: cut off at byte 73; expected the end of a string"
      ),
    ])
  func namesDamagedLines(line: String, expected: String) throws {
    let good = #"{"t":"1","s":0,"m":"ok"}"#
    #expect(good.utf8.count == 24)
    let part = Array("\(good)\n\(good)\n\(line)".utf8)
    var seen = 0
    let error = #expect(throws: LogPart.DamagedLine.self) {
      try LogPart.read(MemorySource(part)) { _, _, _, _ in seen += 1 }
    }
    #expect(error?.description == expected)
    #expect(error?.line == 3)
    #expect(seen == 2)
  }

  @Test("An error of the caller passes through") func passesErrors() throws {
    let part = Array((#"{"t":"1","s":0,"m":"a"}"# + "\n" + #"{"t":"2","s":0,"m":"b"}"#).utf8)
    #expect(throws: Stop.self) {
      try LogPart.read(MemorySource(part)) { nanoseconds, _, _, _ in
        if nanoseconds == 2 { throw Stop() }
      }
    }
  }

  private struct Stop: Error {}

  private func append(
    _ nanoseconds: Int64, _ stream: Int, _ line: String, _ metadata: LabelSet,
    to part: inout [UInt8]
  ) {
    Array(line.utf8).withUnsafeBytes {
      LogPart.append(
        nanoseconds: nanoseconds, stream: stream, line: $0, metadata: metadata, to: &part)
    }
  }

  private func entries(_ source: any ByteSource) throws -> [String] {
    var entries: [String] = []
    try LogPart.read(source) { nanoseconds, stream, line, metadata in
      entries.append(
        "\(nanoseconds) \(stream) '\(String(decoding: line, as: UTF8.self))' "
          + String(decoding: metadata, as: UTF8.self))
    }
    return entries
  }
}

/// A part that arrives in pieces of one size.
private final class Chunks: ByteSource {
  private var rest: ArraySlice<UInt8>
  private let size: Int

  init(_ bytes: [UInt8], size: Int) {
    rest = bytes[...]
    self.size = size
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = rest.prefix(min(size, buffer.count))
    buffer.copyBytes(from: piece)
    rest = rest.dropFirst(piece.count)
    return piece.count
  }
}
