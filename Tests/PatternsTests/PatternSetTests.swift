import Patterns
import Testing

@Suite("A pattern set")
struct PatternSetTests {
  @Test(
    "says which of its patterns occur",
    arguments: [
      ("nothing here", []), ("a TOKEN and 4111", [0, 2]), ("42 token password", [0, 1]), ("", []),
    ] as [(String, [Int])])
  func saysWhichPatternsOccur(text: String, indices: [Int]) throws {
    let set = try PatternSet(["(?i)token", "passw", #"\d{4}"#])
    let found = try Array(text.utf8).withUnsafeBytes { try set.indices(in: $0) }
    #expect(found == indices)
  }

  @Test("names the pattern that RE2 refuses")
  func namesInvalidPattern() {
    #expect {
      try PatternSet(["a", "[z-a]"])
    } throws: { error in
      guard case .invalid("[z-a]", let message) = error as? PatternError else { return false }
      return message.contains("invalid character class range")
    }
  }

  @Test("throws rather than answer in part when its memory runs out")
  func throwsWhenMemoryRunsOut() throws {
    let patterns = (0..<40).map { "a.{\($0)}b" }
    let text = (0..<20_000).map { ($0 &* 2_654_435_761) & 0x10000 == 0 ? UInt8(0x61) : 0x62 }
    let options = PatternOptions(memoryLimit: 1 << 15)
    #expect(throws: PatternError.self) {
      let set = try PatternSet(patterns, options: options)
      try text.withUnsafeBytes { _ = try set.indices(in: $0) }
    }
  }
}
