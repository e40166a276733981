import Telemetry
import Testing

@testable import PromQL

@Suite("Functions of counters")
struct FunctionsCountersTests {
  // Samples every minute from 0:00; a window of ten minutes from -1:00 to 9:00.
  @Test(
    "stretch an increase to the range, a rate is that per second",
    arguments: [
      // Both ends lie on samples.
      ([10, 20, 30, 40], 0, 180, 30),
      // 30 s before and after, less than 1.1 intervals: 30 × 240/180.
      ([100, 110, 120, 130], -30, 210, 40),
      // Far ends are half an interval away: 30 × (180 + 30 + 30)/180.
      ([100, 110, 120, 130], -600, 900, 40),
      // The counter was 0 at -6 s: 30 × (180 + 6 + 0)/180.
      ([1, 11, 21, 31], -30, 180, 31),
      // A reset counts from zero: 5 - 20 + 30 = 15 over 120 s.
      ([20, 30, 5], 0, 120, 15),
      // A counter that stands still.
      ([7, 7, 7], -60, 180, 0),
    ] as [([Double], Double, Double, Double)])
  func stretchIncrease(values: [Double], start: Double, end: Double, expected: Double) throws {
    var increase = Called("increase")
    var rate = Called("rate")
    let got = try increase.over(values, from: start, to: end)
    #expect(expected.isClose(to: got))
    #expect((expected / (end - start)).isClose(to: try rate.over(values, from: start, to: end)))
  }

  // prometheus/promql/promqltest/testdata/functions.test, "Tests for increase()" and for delta().
  @Test("give what Prometheus gives for a change that goes below zero")
  func deltaMayFall() throws {
    var delta = Called("delta")
    #expect(try delta.over([200, 150, 100], from: 0, to: 120) == -100)
    // A delta is stretched below zero: -100 × 180/120.
    #expect(try delta.over([100, 50, 0], from: -30, to: 150) == -150)
  }

  @Test(
    "say nothing about a single sample",
    arguments: ["rate", "increase", "delta", "irate", "idelta"])
  func needTwoSamples(name: String) throws {
    var called = Called(name)
    #expect(try called.over([4], from: -60, to: 0) == nil)
  }

  @Test(
    "take the last two samples alone for instant changes",
    arguments: [
      ("irate", [1, 5, 8], 0.05), ("irate", [1, 9, 3], 0.05), ("idelta", [1, 9, 3], -6),
    ] as [(String, [Double], Double)])
  func instantChanges(name: String, values: [Double], expected: Double) throws {
    var called = Called(name)
    #expect(expected.isClose(to: try called.over(values)))
  }

  // The rows of functions.test, "Testdata for resets() and changes()".
  @Test(
    "count resets and changes",
    arguments: [
      ([1, 2, 3, 0, 1, 0, 0, 1, 2, 0], 3, 8), ([1, 2, 3, 4, 5, 1, 2, 3, 4, 5], 1, 9),
      ([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], 0, 1), ([.nan, .nan, .nan], 0, 0), ([0, .nan, 0], 0, 2),
      ([5], 0, 0),
    ] as [([Double], Double, Double)])
  func countResetsAndChanges(values: [Double], resets: Double, changes: Double) throws {
    var resetsCall = Called("resets")
    var changesCall = Called("changes")
    #expect(try resetsCall.over(values) == resets)
    #expect(try changesCall.over(values) == changes)
  }

  @Test(
    "note a name that is not a counter's, once for each series with a result",
    arguments: [
      ("rate", "requests", [1, 2], true), ("increase", "requests", [1, 2], true),
      ("rate", "requests_total", [1, 2], false), ("rate", "a_sum", [1, 2], false),
      ("rate", "a_count", [1, 2], false), ("rate", "a_bucket", [1, 2], false),
      ("rate", "", [1, 2], false), ("rate", "requests", [1], false),
      ("irate", "requests", [1, 2], false), ("delta", "requests", [1, 2], false),
    ] as [(String, String, [Double], Bool)])
  func noteNames(name: String, metric: String, values: [Double], isNoted: Bool) throws {
    var called = Called(name)
    _ = try called.over(values, from: -60, metric: metric)
    _ = try called.over(values, from: -60, metric: metric)
    let text =
      "PromQL info: metric might not be a counter, name does not end in"
      + " _total/_sum/_count/_bucket: \"\(metric)\" (1:1)"
    #expect(called.context.annotations.infos == (isNoted ? [text] : []))
  }
}
