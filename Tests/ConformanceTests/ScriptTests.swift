import PromQL
import Testing

@testable import Conformance

@Suite struct ScriptTests {
  private func verdicts(_ text: String) -> [String] {
    ScriptRun.outcomes(of: TestScript(name: "inline", text: text)).map { outcome in
      switch outcome.verdict {
      case .passed: "\(outcome.line) passed"
      case .apart: "\(outcome.line) apart"
      case .failed: "\(outcome.line) failed"
      }
    }
  }

  @Test func rightExpectationsPass() {
    #expect(
      verdicts(
        """
        # A counter and a gauge.
        load 1m
          c{job="a"} 0+60x10
          g{job="a"} 1 2 _ stale 5

        eval instant at 10m rate(c[5m])
          expect no_warn
          expect info regex:might not be a counter
          {job="a"} 1

        eval instant at 0 1 + 1
        2

        eval range from 0 to 4m step 1m g
          g{job="a"} 1 2 2 _ 5

        eval instant at 1m sort_desc({__name__=~"c|g"})
          expect ordered
          c{job="a"} 60
          g{job="a"} 2

        eval instant at 1m "text"
          expect string "text"

        eval instant at 0 c[1m]
          expect range vector from 0 to 1m step 1m
          c{job="a"} _ 60

        eval_fail instant at 1m c * on(nothing) {__name__=~"c|g"}

        clear
        eval instant at 10m c
        """) == [
          "6 passed", "11 passed", "14 passed", "17 passed", "22 passed", "25 passed",
          "29 passed", "32 passed",
        ])
  }

  @Test(arguments: [
    "eval instant at 1m c\n  c{job=\"a\"} 61",
    "eval instant at 1m c",
    "eval instant at 1m c\n  c{job=\"a\"} 60\n  d 1",
    "eval instant at 1m absent(d)\n",
    "eval instant at 0 1 + 1\n3",
    "eval range from 0 to 2m step 1m c\n  c{job=\"a\"} 0 60 _",
    "eval range from 0 to 1m step 1m c\n  c{job=\"a\"} 0 60 120",
    "eval instant at 1m \"text\"\n  expect string \"other\"",
    "eval instant at 1m c\n  expect warn\n  c{job=\"a\"} 60",
    "eval instant at 1m c\n  expect fail",
    "eval instant at 1m c * on() c{\n  c{job=\"a\"} 60",
    "eval instant at 1m c\n  expect something\n  c{job=\"a\"} 60",
    "evil instant at 1m c",
  ])
  func wrongExpectationsFail(statement: String) {
    let verdicts = verdicts("load 1m\n  c{job=\"a\"} 0+60x10\n\n\(statement)\n")
    #expect(verdicts.count == 1 && verdicts[0].hasSuffix("failed"), "\(verdicts)")
  }

  @Test func nativeHistogramsStandApart() {
    let verdicts = verdicts(
      """
      load_with_nhcb 1m
        h_bucket{le="1"} 1x5
        h_bucket{le="+Inf"} 2x5

      eval instant at 1m h_bucket
        h_bucket{le="1"} 1
        h_bucket{le="+Inf"} 2

      eval instant at 1m histogram_quantile(0.5, h)
        {} 1
      """)
    #expect(verdicts == ["5 passed", "9 apart"])
  }
}
