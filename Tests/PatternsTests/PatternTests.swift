import Patterns
import Testing

@Suite("A pattern")
struct PatternTests {
  @Test(
    "finds the leftmost match with byte offsets",
    arguments: [
      ("b+", "aabbbcb", 2..<5),
      ("a|ab", "xab", 1..<2),
      ("é", "café!", 3..<5),
      (#"\bkey\b"#, "monkey key", 7..<10),
      ("$", "ab", 2..<2),
    ])
  func findsLeftmostMatch(pattern: String, text: String, range: Range<Int>) throws {
    #expect(try firstMatch(of: Pattern(pattern), in: text)?.range == range)
  }

  @Test("finds every match once, empty ones too")
  func findsEveryMatch() throws {
    let matches = try Array("aXbbXX".utf8).withUnsafeBytes {
      try Pattern("X|b*").allMatches(in: $0).map(\.range)
    }
    #expect(matches == [0..<0, 1..<2, 2..<4, 4..<5, 5..<6, 6..<6])
  }

  @Test("keeps the text before the offset as context of a word boundary")
  func keepsContextBeforeOffset() throws {
    let match = try Array("xab ab".utf8).withUnsafeBytes {
      try Pattern(#"\bab"#).firstMatch(in: $0, from: 1)
    }
    #expect(match?.range == 4..<6)
  }

  @Test("tells a group that took no part from an empty one")
  func tellsAbsentGroups() throws {
    let match = try firstMatch(of: Pattern("(a)|(b*)c"), in: "c")
    #expect(match?.groups == [0..<1, nil, 0..<0])
  }

  @Test("names its groups")
  func namesGroups() throws {
    let pattern = try Pattern("(?P<host>[a-z]+):([0-9]+)")
    #expect(pattern.groupCount == 2)
    #expect(pattern.groupNames == ["host", nil])
  }

  @Test(
    "matches the whole text only when anchored to it",
    arguments: [("a|ab", "ab", true), ("a", "ab", false), ("", "", true), ("b", "ab", false)])
  func matchesWholeText(pattern: String, text: String, isMatch: Bool) throws {
    #expect(try Pattern(pattern).matches(text, anchor: .whole) == isMatch)
  }

  @Test("reads invalid UTF-8 as bytes when asked to")
  func readsBytes() throws {
    let text: [UInt8] = [0x61, 0xFF, 0x00, 0x62]
    let bytes = PatternOptions(alphabet: .bytes)
    let asBytes = try text.withUnsafeBytes {
      try Pattern("a[^b]+b", options: bytes).firstMatch(in: $0)
    }
    let asUTF8 = try text.withUnsafeBytes { try Pattern("a[^b]+b").firstMatch(in: $0) }
    #expect(asBytes?.range == 0..<4)
    #expect(asUTF8 == nil)
  }

  @Test(
    "refuses what RE2 cannot read, with its words",
    arguments: [("(a", "missing ): (a"), (#"(?=a)"#, "invalid perl operator: (?="), ("a**", "**")])
  func refusesInvalidPattern(pattern: String, words: String) {
    do {
      _ = try Pattern(pattern)
      Issue.record("\(pattern) compiled")
    } catch {
      guard case .invalid(pattern, let message) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(message.contains(words))
      #expect(error.description.contains(pattern))
    }
  }

  @Test("refuses a pattern that outgrows its memory")
  func refusesLargePattern() {
    #expect(throws: PatternError.self) {
      try Pattern("((a{100}){100}){100}", options: PatternOptions(memoryLimit: 1 << 16))
    }
  }

  @Test("answers a backtracker's worst case at once")
  func survivesHostilePattern() throws {
    let text = String(repeating: "a", count: 100_000)
    #expect(try !Pattern("(a*)*b").matches(text))
  }

  @Test("gives the same answers on several threads")
  func isSafeOnSeveralThreads() async throws {
    let pattern = try Pattern("([a-z]+)@([a-z]+)")
    let counts = await withTaskGroup(of: Int.self) { group in
      for worker in 0..<4 {
        group.addTask {
          (0..<500).reduce(0) { sum, turn in
            let text = Array("x\(turn) ab@cd \(worker) ef@gh".utf8)
            return sum + text.withUnsafeBytes { ((try? pattern.allMatches(in: $0)) ?? []).count }
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == [1000, 1000, 1000, 1000])
  }

  private func firstMatch(of pattern: Pattern, in text: String) throws -> PatternMatch? {
    try Array(text.utf8).withUnsafeBytes { try pattern.firstMatch(in: $0) }
  }
}
