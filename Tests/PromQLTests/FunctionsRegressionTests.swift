import Telemetry
import Testing

@testable import PromQL

@Suite("Functions of trends")
struct FunctionsRegressionTests {
  // functions.test, "Tests for deriv() and predict_linear()": every five minutes, with a reset.
  private static let counter: [Double] = [0, 10, 20, 30, 40, 0, 10, 20, 30, 40, 50]
  private static let times = counter.indices.map { Double($0) * 300 }

  @Test("find the slope of the least-squares line per second")
  func slope() throws {
    var deriv = Called("deriv")
    let got = try deriv.over(Self.counter, at: Self.times)
    #expect(0.010606060606060607.isClose(to: got))
  }

  @Test(
    "predict from the time of the step, wherever the range lies",
    arguments: [(3000, 76.81818181818181), (600, 51.36363636363637), (4200, 89.54545454545455)])
  func predict(evaluatedAt: Double, expected: Double) throws {
    var predict = Called("predict_linear")
    let got = try predict.over(
      Self.counter, at: Self.times, to: 3000, evaluatedAt: evaluatedAt, 3600)
    #expect(expected.isClose(to: got))
  }

  @Test(
    "know level, infinite and single values",
    arguments: [
      ([5, 5, 5], 0), ([.infinity, .infinity], .nan), ([1, .infinity], .nan), ([5], nil),
    ] as [([Double], Double?)])
  func levelValues(values: [Double], expected: Double?) throws {
    var deriv = Called("deriv")
    let got = try deriv.over(values)
    #expect(expected.map { $0.isClose(to: got) } ?? (got == nil))
  }

  // By hand with factors 0.5 and 0.5 for 1, 2, 4: level 1, slope 1; level 0.5·2 + 0.5·2 = 2;
  // slope 0.5·1 + 0.5·1 = 1; level 0.5·4 + 0.5·3 = 3.5.
  @Test("smooth levels and slopes")
  func smooth() throws {
    var smoothing = Called("double_exponential_smoothing")
    #expect(try smoothing.over([1, 2, 4], 0.5, 0.5) == 3.5)
    #expect(try smoothing.over([1], 0.5, 0.5) == nil)
  }

  @Test(
    "refuse factors that are not between 0 and 1",
    arguments: [
      (0, 0.5, "invalid smoothing factor. Expected: 0 < sf < 1, got: 0.000000"),
      (0.5, 1.5, "invalid trend factor. Expected: 0 < tf < 1, got: 1.500000"),
    ])
  func refuseFactors(smoothing: Double, trend: Double, text: String) {
    var called = Called("double_exponential_smoothing")
    #expect {
      try called.over([1, 2], smoothing, trend)
    } throws: { error in
      guard case .execution(text) = error as? QueryError else { return false }
      return true
    }
  }
}
