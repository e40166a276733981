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

  @Test("two changes of one workload are two lines")
  func keepsChangesApart() {
    var town = Town(services: ["a"])
    town.find(.amend, "a", "a: rollout of revision 1", from: 20, to: 21, strength: 0)
    town.find(.amend, "a", "a: rollout of revision 2", from: 60, to: 61, strength: 0)
    #expect(
      town.analysis.chronicle.filter { $0.kind == .change }.map(\.evidence) == [["E-1"], ["E-2"]])
  }

  @Test("the incident's marks cite its own services, the strongest finding first")
  func marksCiteTheirOwn() throws {
    var town = Town(services: ["a", "b"])
    town.find(.failure, "b", "b-0 restarted once", from: 95, to: 120, strength: 0.9)
    town.find(.error, "a", "a fails", from: 100, strength: 0.5)
    town.find(.failure, "a", "a is down", from: 100, strength: 0.8)
    town.declareIncident(from: 100, services: ["a"])
    let began = try #require(town.analysis.chronicle.first { $0.text.contains("began") })
    #expect(began.evidence == ["E-3", "E-2"])
  }
}
