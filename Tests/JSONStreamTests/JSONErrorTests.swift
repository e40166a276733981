import JSONStream
import Telemetry
import Testing

@Suite struct JSONErrorTests {
  @Test(
    "An error says at which byte, what was found and what was expected",
    arguments: [
      ("{\"a\":NaN}", "'N' at byte 5; expected a value"),
      ("{\"a\":-Infinity}", "'I' at byte 6; expected a number"),
      ("[1,2,]", "']' at byte 5; expected a value"),
      ("{\"a\":1,}", "'}' at byte 7; expected a key"),
      ("{\"a\" 1}", "'1' at byte 5; expected ':'"),
      ("{\"a\":1 \"b\":2}", "'\"' at byte 7; expected ',' or '}'"),
      ("[1 2]", "'2' at byte 3; expected ',' or ']'"),
      ("[1] // done", "'/' at byte 4 follows the end of the document; expected one document"),
      ("{} {}", "'{' at byte 3 follows the end of the document; expected one document"),
      ("[\"a\tb\"]", "byte 0x9 at byte 3; expected an escaped control character"),
      ("[\"\\x41\"]", "'x' at byte 3; expected an escape sequence"),
      ("[\"\\u12g4\"]", "'g' at byte 6; expected an escape sequence"),
      ("[01]", "'1' at byte 2; expected a number"),
      ("[1.]", "']' at byte 3; expected a number"),
      ("[-]", "']' at byte 2; expected a number"),
      ("[trux]", "'x' at byte 4; expected true or false"),
      ("[nul", "cut off at byte 4; expected null"),
      ("{\"a\":\"bc", "cut off at byte 8; expected the end of a string"),
      ("{\"a\":[1,", "cut off at byte 8; expected a value"),
      ("{\"a\"", "cut off at byte 4; expected ':'"),
      ("{", "cut off at byte 1; expected a key"),
      ("[1\u{0}]", "byte 0x0 at byte 2; expected ',' or ']'"),
      ("  ", "the body is empty; expected JSON"),
    ])
  func describesErrors(json: String, expected: String) {
    let bytes = Array(json.utf8)
    #expect(error(MemorySource(bytes))?.description == expected)
    for offset in bytes.indices.dropFirst() {
      #expect(error(PiecewiseSource.cut(bytes, at: offset))?.description == expected)
    }
    #expect(error(PiecewiseSource.single(bytes))?.description == expected)
  }

  private static let small = JSONLimits(depth: 3, stringBytes: 4, numberBytes: 5, valueBytes: 40)

  @Test(
    "Limits are kept to the byte",
    arguments: [
      ("[[[]]]", nil),
      ("[[[[]]]]", "nesting at byte 3 exceeds the limit of 3"),
      ("{\"a\":{\"b\":[[]]}}", "nesting at byte 11 exceeds the limit of 3"),
      ("[\"abcd\"]", nil),
      ("[\"abcde\"]", "a string at byte 1 exceeds the limit of 4"),
      ("[\"\\u0041\"]", "a string at byte 1 exceeds the limit of 4"),
      ("{\"abcde\":1}", "a string at byte 1 exceeds the limit of 4"),
      ("[12345]", nil),
      ("[123456]", "a number at byte 1 exceeds the limit of 5"),
      (
        "[1,2,3,4,5,6,7,8,9,1,2,3,4,5,6,7,8,9,1,2,3,4,5]",
        "a value kept whole at byte 0 exceeds the limit of 40"
      ),
    ] as [(String, String?)])
  func keepsLimits(json: String, expected: String?) {
    let bytes = Array(json.utf8)
    #expect(error(MemorySource(bytes), limits: Self.small)?.description == expected)
    #expect(error(PiecewiseSource.single(bytes), limits: Self.small)?.description == expected)
  }

  @Test("The standard limits are those of the documentation") func hasStandardLimits() {
    let limits = JSONLimits.standard
    #expect(limits.depth == 128)
    #expect(limits.stringBytes == 16_777_216)
    #expect(limits.numberBytes == 4096)
  }

  @Test("A million open brackets are refused at the limit") func survivesDeepNesting() {
    let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(error(MemorySource(brackets))?.offset == 128)
  }

  private func error(_ source: any ByteSource, limits: JSONLimits = .standard) -> JSONStreamError? {
    do {
      _ = try JSONValue(parsing: source, limits: limits)
      return nil
    } catch {
      return error as? JSONStreamError
    }
  }
}
