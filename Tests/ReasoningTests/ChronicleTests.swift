import Detection
import Telemetry
import Testing

@testable import Reasoning

@Suite("Chronicle")
struct ChronicleTests {
  @Test("starts before the incident and tells changes, findings and marks in order of time")
  func order() {
    let chronicle = RankingTests.leak().analysis.chronicle
    #expect(chronicle.map(\.time) == chronicle.map(\.time).sorted())
    #expect(chronicle.first?.kind == .change)
    #expect(chronicle.first?.evidence == ["E-1"])
    #expect(chronicle.filter { $0.kind == .incident }.count == 3, "it has not ended")
    #expect(chronicle.allSatisfy { !$0.evidence.isEmpty })
  }

  @Test("300 findings of one sort are one line with a count")
  func collapses() throws {
    var town = Town(services: ["a"])
    for index in 0..<100 as Range<Int64> {
      town.find(.error, "a", "a logged \(index) errors", from: 20 + index, to: 21 + index)
    }
    let lines = town.analysis.chronicle.filter { $0.text.contains("logged") }
    #expect(lines.count == 1)
    #expect(try #require(lines.first).text.contains("99 more like it until"))
  }

  @Test("lines beyond the limit are counted, the important ones stay")
  func limit() throws {
    var town = RankingTests.leak()
    for index in 0..<90 as Range<Int64> {
      let word = String(repeating: "x", count: Int(index) + 1)
      town.find(.anomaly, "bakery", "odd \(word)", from: 20, to: 180, strength: 0.01)
    }
    let chronicle = town.analysis.chronicle
    #expect(chronicle.count == 61)
    #expect(try #require(chronicle.last).text.contains("less important lines are left out."))
    #expect(chronicle.filter { $0.kind == .incident }.count == 3)
    #expect(chronicle.filter { $0.kind == .change }.count == 2)
  }
}
