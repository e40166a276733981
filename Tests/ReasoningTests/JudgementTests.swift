import Detection
import Telemetry
import Testing

@testable import Reasoning

@Suite("Verdict")
struct JudgementTests {
  static let outcomes = ["a", "b"].map { name in
    DetectorOutcome(detector: name, state: .normal, reason: "read")
  }

  @Test("nothing found in enough data is no incident, with what was read")
  func quiet() {
    var town = Town(services: ["a", "b"], calls: [("a", "b")])
    town.outcomes = Self.outcomes
    #expect(town.analysis.verdict == .noIncident)
    #expect(
      town.analysis.verdictReason
        == "The score stayed at 0 or below in all of 3h, read from request metrics, "
        + "Kubernetes state, logs.")
  }

  @Test("an incident is an incident, with the score that says so")
  func incident() {
    let analysis = RankingTests.leak().analysis
    #expect(analysis.verdict == .incident)
    #expect(analysis.verdictReason.contains("score reached 80.0"))
    #expect(analysis.verdictReason.hasSuffix("affecting bakery."))
  }

  @Test("nothing found in next to nothing is inconclusive, and says what is missing")
  func missingSources() {
    let empty = Town(services: [], hasObjects: false).analysis
    #expect(empty.verdict == .inconclusive)
    #expect(
      empty.verdictReason
        == "Nothing was found, but the bundle holds no request metrics, no Kubernetes state, "
        + "no logs.")
    let one = Town(services: [], calls: [("a", "b")], hasObjects: false).analysis
    #expect(one.verdict == .inconclusive, "request metrics alone")
  }

  @Test("a window too short for most detectors is inconclusive, with their reason")
  func shortWindow() {
    var town = Town(services: ["a", "b"], calls: [("a", "b")])
    town.outcomes = [
      DetectorOutcome(detector: "x", state: .insufficientData, reason: "less than 5m of history"),
      DetectorOutcome(detector: "y", state: .insufficientData, reason: "none"),
      DetectorOutcome(detector: "z", state: .normal, reason: "read"),
    ]
    #expect(town.analysis.verdict == .inconclusive)
    #expect(town.analysis.verdictReason.contains("2 of 3 detectors had too little data"))
    #expect(town.analysis.verdictReason.contains("less than 5m of history."))
  }

  @Test("insufficient coverage is inconclusive, even when detectors are content")
  func coverage() {
    var town = Town(services: ["a", "b"], calls: [("a", "b")])
    town.outcomes = Self.outcomes
    let coverage = Coverage(verdict: .insufficient, gaps: [])
    #expect(town.analysis(coverage: coverage).verdict == .inconclusive)
  }
}
