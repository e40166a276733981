import Detection
import Telemetry
import Testing

@testable import Reasoning

@Suite("Verdict")
struct JudgementTests {
  @Test("nothing found in enough data is no incident, with what could be seen")
  func quiet() {
    var town = Town(services: ["a", "b"])
    town.visibility = Visibility(requests: 0.975, availability: 1, logs: 0)
    #expect(town.analysis.verdict == .noIncident)
    #expect(
      town.analysis.verdictReason
        == "The score stayed at 0.0 or below in all of 3h: of the window, error budgets for 98%, "
        + "replicas for 100%, error logs for 0% could be judged.")
  }

  @Test("an incident is an incident, with the score that says so")
  func incident() {
    let analysis = RankingTests.leak().analysis
    #expect(analysis.verdict == .incident)
    #expect(analysis.verdictReason.contains("score reached 80.0"))
    #expect(analysis.verdictReason.hasSuffix("affecting bakery."))
  }

  @Test(
    "nothing found in too little is inconclusive, with what a detector missed",
    arguments: [(0.0, 0.0, 0.0), (0.5, 1.0, 0.0), (0.0, 0.0, 1.0)])
  func blind(requests: Double, availability: Double, logs: Double) {
    var town = Town(services: [], hasObjects: false)
    town.visibility = Visibility(requests: requests, availability: availability, logs: logs)
    town.outcomes = [
      DetectorOutcome(
        detector: "x", state: .insufficientData, reason: "less than 5 minutes of history")
    ]
    #expect(town.analysis.verdict == .inconclusive)
    #expect(town.analysis.verdictReason.hasSuffix("x: less than 5 minutes of history."))
  }

  @Test("insufficient coverage is inconclusive, even when detectors are content")
  func coverage() {
    let coverage = Coverage(verdict: .insufficient, gaps: [])
    #expect(Town(services: ["a"]).analysis(coverage: coverage).verdict == .inconclusive)
  }
}
