import Testing

@testable import Reporting

@Suite struct TimelineCSVTests {
  private var lines: [String] {
    let bytes = TimelineCSVFormat().bytes(of: SampleAnalysis.incident)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func theHeaderIsTheOneThatScriptsRelyOn() {
    #expect(
      lines.first == "time,score,low,high,slo,availability,reach,logs,events,resource")
  }

  @Test func everyStepHasOneRow() {
    #expect(lines.count == 1 + 41)
  }

  /// 88.54 at minute 16 by the sample's own literal; `logs` is missing and therefore empty, and the
  /// upper bound is 88.54 + (100 - 88.54) × 0.35 = 92.551.
  @Test func aMissingPartIsEmptyAndNeverZero() {
    #expect(
      lines[17] == "2026-03-01T10:16:00Z,88.54,88.54,92.55,53.12,17.71,8.85,,4.43,4.43")
  }
}
