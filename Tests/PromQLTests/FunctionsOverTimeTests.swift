import Telemetry
import Testing

@testable import PromQL

@Suite("Functions over time")
struct FunctionsOverTimeTests {
  // Expected values: prometheus/promql/promqltest/testdata/functions.test, the sections named after
  // each function, or plain arithmetic.
  @Test(
    "give one figure for a window",
    arguments: [
      ("sum_over_time", [1, 2, 3], 6), ("sum_over_time", [1, 1e100, 1, -1e100], 2),
      ("sum_over_time", [.infinity, 1], .infinity), ("sum_over_time", [1, .nan], .nan),
      ("avg_over_time", [1, 2, 4, 5], 3),
      ("avg_over_time", [.leastNonzeroMagnitude, .leastNonzeroMagnitude], .leastNonzeroMagnitude),
      ("avg_over_time", [1.7e308, 1.7e308, 1.7e308], 1.7e308),
      ("avg_over_time", [-1.7e308, 1.7e308, 1e300, 2e300], 7.5e299),
      ("avg_over_time", [.infinity, 1], .infinity),
      ("avg_over_time", [.infinity, -.infinity], .nan),
      ("count_over_time", [.nan, 2], 2), ("present_over_time", [.nan], 1),
      ("min_over_time", [2, .nan, 1], 1), ("min_over_time", [.nan, 3], 3),
      ("min_over_time", [.nan], .nan), ("max_over_time", [2, .nan, 1], 2),
      ("max_over_time", [.nan, .nan], .nan),
      ("stdvar_over_time", [0, 8, 8, 2, 3], 10.56),
      ("stddev_over_time", [0, 8, 8, 2, 3], 3.249615361854384),
      ("stdvar_over_time", [1e10 + 0.5, 1e10 + 1.5], 0.25), ("stdvar_over_time", [7], 0),
      ("stdvar_over_time", [7, .infinity], .nan),
      ("mad_over_time", [4, 6, 2, 1, 999, 1, 2], 1), ("mad_over_time", [4, 6, 2, 1, 999, 1], 2),
      ("mad_over_time", [3], 0), ("mad_over_time", [1, 2, .nan, 4], .nan),
      ("first_over_time", [5, 7, 9], 5), ("last_over_time", [5, 7, 9], 9),
      ("ts_of_first_over_time", [5, 7, 9], 0), ("ts_of_last_over_time", [5, 7, 9], 120),
      ("ts_of_max_over_time", [5, 9, 9, 1], 120), ("ts_of_min_over_time", [1, 9, 1, 2], 120),
      ("ts_of_max_over_time", [.nan, 3, .nan], 60),
    ] as [(String, [Double], Double)])
  func oneFigure(name: String, values: [Double], expected: Double) throws {
    var called = Called(name)
    let got = try called.over(values)
    #expect(expected.isClose(to: got), "\(name) of \(values): \(String(describing: got))")
  }

  // functions.test, "Tests for quantile_over_time".
  @Test(
    "take quantiles between neighbouring ranks",
    arguments: [
      (0, [0, 1, 4], 0), (0.5, [0, 1], 0.5), (0.75, [0, 1, 4], 2.5), (0.8, [4, 0, 1], 2.8),
      (1, [0, 1, 4], 4), (-1, [0, 1], -.infinity), (2, [0, 1], .infinity), (.nan, [0, 1], .nan),
      (0.5, [7], 7), (0, [3, .nan, 1], .nan), (1, [3, .nan, 1], 3),
    ] as [(Double, [Double], Double)])
  func quantiles(q: Double, values: [Double], expected: Double) throws {
    var called = Called("quantile_over_time")
    let got = try called.over(values, q)
    #expect(expected.isClose(to: got))
    #expect(called.context.annotations.warnings.isEmpty == (0...1).contains(q))
  }

  @Test("find the same quantile in many values as a sort does", arguments: [17, 40, 333])
  func quantilesOfMany(count: Int) {
    // Multiples of 7 modulo a prime are a permutation of 1…p-1; value v has rank v - 1.
    let prime = [17: 19, 40: 41, 333: 337][count] ?? 0
    let values = (1..<prime).map { Double($0 * 7 % prime) }
    let last = Double(prime - 2)
    values.withUnsafeBufferPointer { values in
      for rank in 0..<prime - 1 {
        let got = SampleStatistics.quantile(Double(rank) / last, of: values)
        #expect(Double(rank + 1).isClose(to: got))
      }
    }
  }

  @Test("warn about a quantile outside of 0 and 1 with its value")
  func warnOfQuantile() throws {
    var called = Called("quantile_over_time")
    _ = try called.over([1], -0.5)
    #expect(
      called.context.annotations.warnings == [
        "PromQL warning: quantile value should be between 0 and 1, got -0.5 (1:1)"
      ])
  }
}
