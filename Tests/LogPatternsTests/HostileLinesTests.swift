import Telemetry
import Testing

@testable import LogPatterns

@Suite struct HostileLinesTests {
  @Test func `line ends, NUL and binary bytes are counted line by line`() {
    let bytes = Array("one\r\ntwo\n\r\n".utf8) + [0, 1, 0xFF, 0xC3, 10] + Array("last".utf8)
    let indices = bytes.withUnsafeBytes { LogText($0).patternIndices() }
    #expect(indices.count == 5)
    #expect(Set(indices).count == 5)
  }

  @Test func `a megabyte in one line is counted as cut`() {
    let long = String(repeating: "word ", count: 200_000)
    let mined = mined([long, "short", String(repeating: "x", count: 1 << 20)])
    #expect(mined.totals.events == 3)
    #expect(mined.totals.cut == 2)
    #expect(mined.patterns.count == 3)
    #expect(mined.patterns.allSatisfy { $0.template.utf8.count < 20_000 })
  }

  @Test func `a stream of distinct lines stays within the limits`() {
    let limits = MiningLimits(wordings: 64, beginnings: 16)
    let miner = PatternMiner(limits: limits)
    for index in 0..<20_000 { miner.add(word(index), at: index) }
    #expect(miner.counts.table.entries.count { $0.heir < 0 } <= 2 * (64 + 16) + 1)
    let mined = MinedPatterns(of: miner.counts)
    #expect(mined.patterns.count <= 64 + 16 + 1)
    #expect(mined.patterns.reduce(0) { $0 + $1.count } == 20_000)
    #expect(mined.coarse > 0)
  }

  @Test func `any bytes make some pattern`() {
    var state: UInt64 = 7
    for length in 0..<600 {
      let bytes = (0..<length).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let alphabet = Array(" :=[](){}\"'\\/|.-\n\t0aZ<>,\u{1B}".utf8)
        return state >> 60 == 0
          ? UInt8(truncatingIfNeeded: state >> 33)
          : alphabet[Int(state >> 33) % alphabet.count]
      }
      let miner = PatternMiner()
      bytes.withUnsafeBytes { miner.add($0, LineFacts(time: 0)) }
      let mined = MinedPatterns(of: miner.counts)
      #expect(mined.patterns.count == 1)
      #expect(bytes.withUnsafeBytes { mined.index(of: $0) } == 0)
    }
  }

  /// A different word of letters for every index.
  private func word(_ index: Int) -> String {
    var rest = index
    var letters: [UInt8] = []
    repeat {
      letters.append(UInt8(ascii: "g") + UInt8(rest % 19))
      rest /= 19
    } while rest > 0
    return "a " + String(decoding: letters, as: UTF8.self)
      + "y b \(String(decoding: letters, as: UTF8.self))y z"
  }
}
