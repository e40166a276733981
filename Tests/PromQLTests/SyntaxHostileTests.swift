import Testing

@testable import PromQL

@Suite("Hostile queries end in a clear error")
struct SyntaxHostileTests {
  private func message(_ text: String) -> String? {
    #expect(throws: QuerySyntaxError.self) { try Expression.parse(text) }?.message
  }

  private static let count = 10_000

  @Test(
    "nesting is limited, however it is made",
    arguments: [
      String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count),
      String(repeating: "-", count: count) + "a",
      "a" + String(repeating: "+a", count: count),
      "a" + String(repeating: "^a", count: count),
      "a" + String(repeating: " or a", count: count),
      String(repeating: "abs(", count: count) + "a" + String(repeating: ")", count: count),
      String(repeating: "sum(", count: count) + "a" + String(repeating: ")", count: count),
      "a[" + String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
        + "]",
      "a[" + String(repeating: "-", count: count) + "1]",
      "a[step()" + String(repeating: "+step()", count: count) + "]",
      "a[1" + String(repeating: "^1", count: count) + "]",
      "(" + String(repeating: "-{}-1", count: count) + ")",
    ])
  func nesting(_ text: String) {
    #expect(
      message(text) == "expression is nested deeper than 200 levels: split it into smaller queries")
  }

  @Test("a long query without nesting is read")
  func longButFlat() throws {
    let matchers = (0..<5000).map { "l\($0)=\"v\"" }.joined(separator: ",")
    #expect(try Expression.parse("a{\(matchers)}").text.utf8.count > 40_000)
    let arguments = (0..<5000).map { "\"l\($0)\"" }.joined(separator: ", ")
    #expect(try Expression.parse("label_join(a, \"b\", \"\", \(arguments))").type == .vector)
    let seconds = "a[1s" + String(repeating: "+1s", count: 20_000) + "]"
    #expect(try Expression.parse(seconds).text == "a[5h33m21s]")
  }

  @Test("a query beyond the limit is refused by its length")
  func length() {
    let text = String(repeating: " ", count: 100_001)
    #expect(message(text) == "query of 100001 bytes is longer than 100000: shorten it")
  }

  /// Pieces from which texts are composed, and the texts that are changed.
  private static let pieces = [
    "(", ")", "{", "}", "[", "]", ",", ":", "@", "=", "!=", "=~", "!~", "<", "-", "+", "^", "*",
    "%",
    "\"", "'", "`", "\\", "#", "\n", "\u{0}", "é", "0", "1e", "0x", "5m", "1y1ms", "Inf", "by",
    "without", "on", "ignoring", "group_left", "fill", "bool", "offset", "anchored", "start",
    "step",
    "min_of", "sum", "topk", "rate", "a", "a:b", " ", "__name__", "9e99", ".",
  ]
  private static let seeds = [
    #"sum by (job, "x.y") (rate(http_total{code=~"5..", a!="b"}[5m] offset -1h)) / 2e-3"#,
    "a * on (x) group_left (y) fill_left (0) b == bool -c ^ 2 unless d[1h:30s] @ end()",
    #"topk(5, {"my.metric", l="é\n"}[step() * 2 + min_of(range(), 5m):1m] smoothed)"#,
  ]

  @Test("texts that are changed at random are read or refused, and what is read prints back")
  func mutations() throws {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var readCount = 0
    for round in 0..<2000 {
      var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
      for _ in 0...next(2) {
        let piece = Array(Self.pieces[next(Self.pieces.count)].utf8)
        let place = next(bytes.count + 1)
        let length = min(next(6), bytes.count - place)
        bytes.replaceSubrange(place..<(place + length), with: next(3) == 0 ? [] : piece)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      guard let expression = try? Expression.parse(text) else { continue }
      readCount += 1
      try SyntaxRoundTripTests.check(expression)
    }
    #expect(readCount > 60)
  }
}
