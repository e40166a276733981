import PromQL
import Testing

@Suite struct EditDistanceTests {
  @Test(
    "Edits are insertions, deletions, substitutions and swaps of neighbours",
    arguments: [
      ("kitten", "sitting", 3), ("", "abc", 3), ("same", "same", 0), ("ab", "ba", 1),
    ])
  func countsEdits(left: String, right: String, expected: Int) {
    #expect(EditDistance.between(left.utf8, right.utf8) == expected)
  }
}
