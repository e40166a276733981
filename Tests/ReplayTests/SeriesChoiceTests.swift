import Telemetry
import Testing

@testable import Replay

@Suite struct SeriesChoiceTests {
  private func series(_ path: String, _ samples: [(Int64, Double)]) -> RecordedSeries {
    RecordedSeries(
      series: Series(
        labels: LabelSet(["__name__": "requests_total"]),
        times: SampleTimes(ascending: samples.map(\.0)), values: samples.map(\.1)), path: path)
  }

  private func joined(_ copies: [RecordedSeries]) -> [String] {
    SeriesChoice.withoutDuplicates(copies).map { recorded in
      (0..<recorded.series.count)
        .map { "\(recorded.series.times[$0].nanoseconds)=\(recorded.series.values[$0])" }
        .joined(separator: " ")
    }
  }

  @Test("Chunks of one series become one, whatever their steps and order")
  func joinsChunks() {
    let early = series("a.json", [(0, 1), (60, 2), (120, 3)])
    let late = series("b.json", [(120, 3), (135, 4), (150, 5)])
    let expected = ["0=1.0 60=2.0 120=3.0 135=4.0 150=5.0"]
    #expect(joined([early, late]) == expected)
    #expect(joined([late, early]) == expected)
  }

  @Test("Samples of another phase inside a longer copy are not mixed in")
  func keepsPhasesApart() {
    let grid = series("a.json", [(0, 1), (60, 2), (120, 3), (180, 4)])
    let raw = series("b.json", [(70, 2), (130, 3), (190, 5)])
    #expect(joined([raw, grid]) == ["0=1.0 60=2.0 120=3.0 180=4.0 190=5.0"])
  }
}
