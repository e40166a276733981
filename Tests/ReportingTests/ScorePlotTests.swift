import Detection
import Telemetry
import Testing

@testable import Reporting

@Suite struct ScorePlotTests {
  /// One point a minute from 10:00 with these scores; nothing is missing.
  private func timeline(
    _ scores: [Double], highs: [Double]? = nil, levels: [ScoreLevel] = []
  ) -> ScoreTimeline {
    let points = scores.enumerated().map { index, score in
      ScorePoint(
        time: SampleAnalysis.at(Int64(index)), score: score, low: score,
        high: highs?[index] ?? score, parts: [])
    }
    return ScoreTimeline(
      model: "test", step: .seconds(60), components: [], points: points, levels: levels)
  }

  @Test func aRisingScoreFillsEighthsFromTheBottom() {
    let scores = (0..<20).map { Double($0) * 5 }
    let plot = ScorePlot(timeline(scores), incidents: [], width: 24, height: 2)
    // 19 columns are left for 20 points; the last column shows the higher of its two points.
    #expect(
      plot.lines == [
        "100 ┤            ▁▂▃▄▄▅▇",
        "    ┤ ▁▁▂▃▄▄▅▆▇█████████",
        "  0 └┬─────────┬────────",
        "     10:00     10:10",
      ])
  }

  @Test func aLevelIsLabelledAndDottedWhereTheScoreIsBelowIt() {
    let scores = [0.0, 0, 100, 0] + Array(repeating: 0, count: 15)
    let plot = ScorePlot(
      timeline(scores, levels: [ScoreLevel(name: "incident", score: 60)]), incidents: [],
      width: 24, height: 2)
    #expect(plot.lines[0] == " 60 ┤┄┄█┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄")
    #expect(plot.lines[1] == "    ┤  █")
  }

  @Test func whatMissingDataCouldAddIsShaded() {
    let scores = Array(repeating: 25.0, count: 19)
    let highs = Array(repeating: 100.0, count: 19)
    let plot = ScorePlot(timeline(scores, highs: highs), incidents: [], width: 24, height: 2)
    #expect(plot.lines[0] == "100 ┤░░░░░░░░░░░░░░░░░░░")
    #expect(plot.lines[1] == "    ┤▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄")
  }

  @Test func anIncidentWithoutEndIsMarkedToTheRightEdge() {
    let incident = Incident(
      id: "INC-00000000", startedAt: SampleAnalysis.at(16), detectedAt: SampleAnalysis.at(17),
      peakAt: SampleAnalysis.at(17), peakScore: 50, endedAt: nil, severity: .minor, services: [],
      findings: [])
    let plot = ScorePlot(
      timeline(Array(repeating: 0, count: 19)), incidents: [incident], width: 24, height: 2)
    #expect(plot.lines[3] == "                     ━━━")
  }

  @Test(arguments: [1, 2, 15, 181, 10_000])
  func noRowIsWiderThanAsked(points: Int) {
    let scores = (0..<points).map { Double($0 % 101) }
    for width in [24, 80, 133] {
      let plot = ScorePlot(timeline(scores), incidents: [], width: width)
      #expect(plot.lines.allSatisfy { $0.count <= width })
      #expect(plot.lines.count == 10)
    }
  }

  @Test func withoutPointsThereIsNoPlot() {
    #expect(ScorePlot(timeline([]), incidents: [], width: 80).lines == [])
  }

  @Test func aScoreThatTouchesALevelReachesItAndFallsBelowItOnce() {
    let incident = ScoreLevel(name: "incident", score: 40)
    let crossings = ScoreCrossing.all(in: timeline([0, 40, 80, 39.9, 10], levels: [incident]))
    #expect(
      crossings == [
        ScoreCrossing(time: SampleAnalysis.at(1), level: incident, isRising: true),
        ScoreCrossing(time: SampleAnalysis.at(3), level: incident, isRising: false),
      ])
  }
}
