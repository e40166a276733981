import Telemetry
import Testing

@testable import LogPatterns

@Suite struct PatternSignalsTests {
  /// 40 steps of a minute: the baseline is the first 10.
  private let baseline = PatternBaseline(steps: 40, each: .minutes(1))

  private func change(
    _ steps: [Int], level: LogLevel = .info, line: String = "ready"
  ) -> PatternChange {
    let miner = PatternMiner()
    for step in steps {
      Array(line.utf8).withUnsafeBytes {
        miner.add($0, LineFacts(time: Int64(step), step: Int32(step), level: level))
      }
    }
    return baseline.change(of: MinedPatterns(of: miner.counts).patterns[0])
  }

  @Test func `the baseline is a quarter, ten minutes at least, half at most`() {
    #expect(PatternBaseline(steps: 180, each: .minutes(1)).steps == 45)
    #expect(PatternBaseline(steps: 24, each: .minutes(1)).steps == 10)
    #expect(PatternBaseline(steps: 8, each: .minutes(1)).steps == 4)
  }

  @Test(arguments: [
    ([10], PatternChange.Kind.new), ([9, 10], .steady), ([0], .steady),
    ([1] + Array(repeating: 20, count: 11), .rising),
    ([1] + Array(repeating: 20, count: 10), .steady),
    (Array(repeating: 5, count: 20), .falling), (Array(repeating: 5, count: 19), .steady),
  ])
  func `a pattern is new, rising or falling`(steps: [Int], kind: PatternChange.Kind) {
    #expect(change(steps).kind == kind)
  }

  @Test(arguments: [
    ([20], LogLevel.error, "ready", true), ([20], .info, "ready", false),
    ([20, 21, 22], .warning, "ready", true), ([20, 21], .warning, "ready", false),
    ([20, 21, 22], .unknown, "connection refused", true),
    ([20, 21], .unknown, "connection refused", false),
    ([5], .error, "ready", false),
  ])
  func `new errors, and repeated warnings and failures, are suspicious`(
    steps: [Int], level: LogLevel, line: String, isSuspicious: Bool
  ) {
    #expect(change(steps, level: level, line: line).isSuspicious == isSuspicious)
  }

  @Test func `a failure finds its cousins in other services`() {
    let mined = mined([
      "dial tcp 10.0.0.1:6379: connect: connection refused",
      "cart: dial tcp 10.0.0.1:6379: connect: connection refused", "order placed",
    ])
    let similarity = PatternSimilarity(mined.patterns)
    let refused = mined.patterns.indices.filter {
      mined.patterns[$0].template.contains("refused")
    }
    #expect(similarity.cousins(of: refused[0]) == [mined.patterns[refused[1]].id])
    let placed = mined.patterns.firstIndex { $0.template == "order placed" }
    #expect(similarity.cousins(of: placed ?? 0).isEmpty)
  }

  @Test func `grouping is scored by exact groups`() {
    // Two groups of three lines right, one of two lines split: 6 of 8 lines; 2 of 4 found and 2 of
    // 3 true groups, so F1 is 2 * 2 / (4 + 3).
    let score = GroupingScore(
      found: [0, 0, 0, 1, 1, 1, 2, 3], expected: ["a", "a", "a", "b", "b", "b", "c", "c"])
    #expect(score.accuracy == 0.75)
    #expect(abs(score.groupF1 - 4.0 / 7.0) < 1e-12)
  }
}
