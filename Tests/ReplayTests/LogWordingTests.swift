import Testing

@testable import Replay

@Suite struct LogWordingTests {
  @Test(arguments: [
    (
      "charge failed for order ord_3ca8 after 53 ms", "charge failed for order ord_91f after 7 ms",
      true
    ),
    ("db gone", "db slow", false), ("", "", true), ("a b", "b a", false),
  ])
  func linesOfOneWordingShareADigestWhateverTheirNumbers(
    left: String, right: String, isSame: Bool
  ) {
    #expect((LogWording.digest(of: left) == LogWording.digest(of: right)) == isSame)
  }

  @Test func aLongExampleIsCutBetweenCharacters() {
    let line = String(repeating: "x", count: 511) + "é and more"
    let text = Array(line.utf8).withUnsafeBytes { LogPartCounter.text(of: $0) }
    #expect(text == String(repeating: "x", count: 511))
  }
}
