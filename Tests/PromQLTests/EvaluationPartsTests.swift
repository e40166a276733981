import Telemetry
import Testing

@testable import PromQL

@Suite("Parts of the evaluator")
struct EvaluationPartsTests {
  // From the xxHash specification's reference implementation, seed 0.
  @Test(
    "XXH64 gives the reference hashes",
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ] as [(String, UInt64)])
  func hashes(_ text: String, _ expected: UInt64) {
    #expect(XXH64.hash(Array(text.utf8)) == expected)
  }

  @Test(
    "A number is written as Go writes it, plain and short",
    arguments: [
      (0, "0", "0"), (-0.0, "-0", "-0"), (1.1, "1.1", "1.1"), (-12, "-12", "-12"),
      (0.000001, "0.000001", "1e-06"), (1_234_567, "1234567", "1.234567e+06"),
      (1e21, "1000000000000000000000", "1e+21"), (.nan, "NaN", "NaN"),
      (-.infinity, "-Inf", "-Inf"), (123.456, "123.456", "123.456"),
    ] as [(Double, String, String)])
  func numbers(_ value: Double, _ plain: String, _ short: String) {
    #expect(value.plainText == plain)
    #expect(value.shortText == short)
  }

  @Test(
    "A quantile lies between its neighbours, NaN sorts first",
    arguments: [
      (0.5, [1, 2, 3], 2), (0.5, [1, 2], 1.5), (0, [3, 1], 1), (1, [3, 1], 3),
      (0.75, [0, 10, 20, 30], 22.5), (-0.1, [1], -.infinity), (1.1, [1], .infinity),
      (1, [.nan, 4], 4),
    ] as [(Double, [Double], Double)])
  func quantiles(_ quantile: Double, _ sample: [Double], _ expected: Double) {
    var sample = sample
    #expect(VectorAlgebra.quantile(quantile, of: &sample) == expected)
  }

  @Test(
    "A compensated sum keeps what rounding takes",
    arguments: [
      ([1e100, 1, -1e100], 1), ([0.1, 0.2, 0.3], 0.6), ([1, .infinity], .infinity),
    ] as [([Double], Double)])
  func sums(_ terms: [Double], _ expected: Double) {
    var sum = CompensatedSum()
    for term in terms { sum.add(term) }
    #expect(sum.value == expected)
  }

  @Test("The greatest values come best first, NaN last, of equal ones the first offered")
  func ranking() {
    var ranking = RankedSamples(isTop: true, limit: 3)
    for (series, value) in [Double.nan, 2, 5, 2, 7].enumerated() {
      ranking.offer(RankedSamples.Entry(value: value, series: series))
    }
    #expect(ranking.best == [4, 2, 1])
  }

  @Test(
    "A window is open or closed on the left, as the recorded server had it",
    arguments: [(RangeBoundary.leftOpen, [[2, 3], [4]]), (.leftClosed, [[1, 2, 3], [3, 4]])])
  func windows(_ boundary: RangeBoundary, _ expected: [[Double]]) {
    let series = SampleColumn(
      labels: .empty, times: [1000, 2000, 3000, 4000], values: [1, 2, 3, 4])
    let operand = RangeOperand(
      series: [series], grid: QueryGrid(start: 3000, step: 2000, count: 4), length: 2000,
      offset: 0, fixedEnd: nil, boundary: boundary)
    var windows: [[Double]] = []
    operand.forEachWindow(of: series, parameters: []) { step, window in
      if step < 2 { windows.append(Array(window.values)) }
      #expect(window.end == 3000 + Int64(step) * 2000)
      #expect(window.start == window.end - 2000)
    }
    #expect(windows == expected)
  }
}
