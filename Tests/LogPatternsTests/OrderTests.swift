import Telemetry
import Testing

@testable import LogPatterns

/// What is counted must not depend on the order of lines nor on how they are split.
@Suite struct OrderTests {
  private let lines: [String] =
    (0..<400).flatMap { index in
      [
        "user \(["anna", "ben", "carla", "dora"][index % 4]) logged in from 10.0.0.\(index % 7)",
        "cache miss for key-\(index)", "word\(index % 3 == 0 ? "" : "s") of \(index) kinds",
        "alpha \(String(UnicodeScalar(UInt8(97 + index % 26)))) beta",
      ]
    }

  private func summary(_ mined: MinedPatterns) -> [String] {
    mined.patterns.map { pattern in
      let variables = pattern.variables.map { "\($0.cardinality) \($0.examples)" }
      return "\(pattern.id) \(pattern.template) \(pattern.count) \(pattern.levels) "
        + "\(pattern.first) \(pattern.last) \(pattern.example) \(variables) \(pattern.occurrences)"
    }
  }

  @Test(arguments: [MiningLimits.standard, MiningLimits(wordings: 7, beginnings: 3)])
  func `reversed, rotated and split lines give the same patterns`(limits: MiningLimits) {
    let numbered = Array(lines.enumerated())
    let rotated = Array(numbered[777...] + numbered[..<777])
    let expected = summary(mined(numbered, in: 1, limits))
    #expect(summary(mined(numbered.reversed(), in: 1, limits)) == expected)
    #expect(summary(mined(rotated, in: 1, limits)) == expected)
    #expect(summary(mined(numbered, in: 5, limits)) == expected)
    #expect(summary(mined(numbered.reversed(), in: 13, limits)) == expected)
  }

  @Test func `a pattern over the limits is counted by its beginning, and nothing is lost`() {
    let mined = mined(
      Array(lines.enumerated()), in: 3, MiningLimits(wordings: 2, beginnings: 2))
    #expect(mined.patterns.reduce(0) { $0 + $1.count } == lines.count)
    #expect(mined.coarse > 0)
  }

  @Test func `every event finds its pattern again, also one over the limits`() {
    let mined = mined(Array(lines.enumerated()), in: 1, MiningLimits(wordings: 5, beginnings: 2))
    var counts = Array(repeating: 0, count: mined.patterns.count)
    for line in lines {
      let index = Array(line.utf8).withUnsafeBytes { mined.index(of: $0) }
      counts[index ?? 0] += 1
    }
    #expect(counts == mined.patterns.map(\.count))
  }

  /// The lines dealt to `count` miners in turn, which are merged.
  private func mined(
    _ lines: [EnumeratedSequence<[String]>.Element], in count: Int, _ limits: MiningLimits
  ) -> MinedPatterns {
    let miners = (0..<count).map { _ in PatternMiner(limits: limits) }
    for (turn, line) in lines.enumerated() {
      miners[turn % count].add(line.element, at: line.offset, stream: Int32(line.offset % 3))
    }
    var counts = PatternCounts(limits: limits)
    for miner in miners { counts.merge(miner.counts) }
    return MinedPatterns(of: counts)
  }
}
