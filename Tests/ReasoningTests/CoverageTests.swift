import Telemetry
import Testing

@testable import Reasoning

@Suite("Coverage")
struct CoverageTests {
  static func gap(_ source: SourceKind, _ code: GapCode, loses: Bool = true) -> CoverageGap {
    CoverageGap(source: source, subject: "x", code: code, detail: "y", losesEvidence: loses)
  }

  @Test("damage found while reading makes a complete bundle partial, and is listed once")
  func damage() {
    let damage = Self.gap(.loki, .damaged)
    let coverage = Coverage.combining(captured: .complete, gaps: [], damages: [damage, damage])
    #expect(coverage == Coverage(verdict: .partial, gaps: [damage]))
    let worse = Coverage.combining(captured: .insufficient, gaps: [], damages: [damage])
    #expect(worse.verdict == .insufficient)
  }

  @Test(
    "only gaps that lose evidence lower the completeness",
    arguments: [
      ([], 1.0),
      ([gap(.loki, .textTable, loses: false)], 1.0),
      ([gap(.loki, .capped), gap(.loki, .malformed)], 2.5 / 3),
      ([gap(.loki, .notRequested), gap(.kubernetes, .notRequested)], 1.0 / 3),
    ])
  func completeness(gaps: [CoverageGap], expected: Double) {
    #expect(Coverage(verdict: .partial, gaps: gaps).completeness == expected)
  }
}
