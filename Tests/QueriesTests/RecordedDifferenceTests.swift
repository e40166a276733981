import PromQL
import Telemetry
import Testing

@testable import Queries

@Suite struct RecordedDifferenceTests {
  private func column(_ job: String, _ values: [Double]) -> Column {
    Column(labels: LabelSet(["job": job]), values: values)
  }

  @Test func `answers within one per cent agree`() {
    let difference = RecordedDifference(
      of: [column("a", [100, .nan, .infinity])], with: [column("a", [100.9, .nan, .infinity])])
    #expect(difference.warning(recordedIn: "answers/1.json") == nil)
  }

  @Test func `what differs and what one side lacks is counted`() throws {
    // 80 instead of 100 is a fifth; b is ours alone, c theirs, one point each.
    let difference = RecordedDifference(
      of: [column("a", [80, 5]), column("b", [1, .absent])],
      with: [column("a", [100, 5]), column("c", [.absent, 1])])
    let warning = try #require(difference.warning(recordedIn: "answers/1.json"))
    #expect(warning.contains("(answers/1.json)"))
    #expect(warning.contains("1 of 2 points differ by more than 1 %, by 20 % at the most"))
    #expect(warning.contains("2 points are there on one side only"))
  }
}
