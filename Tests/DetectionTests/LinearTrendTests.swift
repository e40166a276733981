import Telemetry
import Testing

@testable import Detection

@Suite struct LinearTrendTests {
  /// By hand, over x = 0…4 and y = 1, 3, 2, 5, 4: Sxx 10, Sxy 8, Syy 10; slope 0.8, the line passes
  /// (2, 3), so 4.6 at 4; rest 10 - 6.4 = 3.6, error √(3.6 / 3 / 10) = 0.34641, fit 0.64.
  @Test func theLineIsThatOfLeastSquares() throws {
    let line = try #require(LinearTrend([1, 3, 2, 5, 4]).line(over: 5, upTo: 4))
    #expect((line.slope - 0.8).magnitude < 1e-12)
    #expect((line.latest - 4.6).magnitude < 1e-12)
    #expect((line.error - 0.34641).magnitude < 1e-5)
    #expect((line.fit - 0.64).magnitude < 1e-12)
  }

  @Test func aWindowThatIsMostlyEmptyOrBeforeTheDataHasNoLine() {
    #expect(LinearTrend([1, nil, nil, nil, 2, 3]).line(over: 6, upTo: 5) != nil)
    #expect(LinearTrend([nil, nil, nil, nil, 2, 3]).line(over: 6, upTo: 5) == nil)
    #expect(LinearTrend([1, 2, 3]).line(over: 4, upTo: 2) == nil)
    #expect(LinearTrend([1, 2, 3, nil]).line(over: 4, upTo: 3) == nil)
  }

  @Test func whatIsNoNumberIsMissingAndLeavesLaterLinesAlone() throws {
    let trend = LinearTrend([.nan, .infinity, 1e300, 1, 3, 2, 5, 4])
    #expect(trend.line(over: 3, upTo: 2) == nil)
    let line = try #require(trend.line(over: 5, upTo: 7))
    #expect((line.slope - 0.8).magnitude < 1e-9)
  }

  @Test func whatFillsHasAnEndWithItsSpread() throws {
    // Half full and a hundredth of the whole more a minute: 50 minutes left, 45.45 with 0.011 and
    // 55.56 with 0.009.
    let line = LinearTrend.Line(latest: 0.5, slope: 0.01, error: 0.0005, fit: 1)
    let exhaustion = try #require(Exhaustion(line, at: Timestamp(seconds: 0), step: .minutes(1)))
    #expect(exhaustion.fullAt == Timestamp(seconds: 3000))
    #expect((exhaustion.earliest.seconds - 2727.27).magnitude < 0.01)
    #expect((try #require(exhaustion.latest).seconds - 3333.33).magnitude < 0.01)
    #expect(
      exhaustion.text
        == "50 % full, 1 points a minute more: full at 00:50:00 (00:45:27 to 00:55:33)")
  }

  @Test func whatDoesNotRiseIsNeverFull() {
    let line = LinearTrend.Line(latest: 0.9, slope: 0, error: 0.1, fit: 1)
    #expect(Exhaustion(line, at: Timestamp(seconds: 0), step: .minutes(1)) == nil)
  }
}
