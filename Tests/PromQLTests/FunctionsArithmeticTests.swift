import Telemetry
import Testing

@testable import PromQL

@Suite("Functions of single values")
struct FunctionsArithmeticTests {
  @Test(
    "calculate as their names say",
    arguments: [
      ("abs", -2.5, 2.5), ("ceil", 1.2, 2), ("ceil", -1.2, -1), ("floor", -1.2, -2),
      ("exp", 0, 1), ("exp", .infinity, .infinity), ("ln", 1, 0), ("ln", 0, -.infinity),
      ("ln", -1, .nan), ("log2", 8, 3), ("log10", 1000, 3), ("sqrt", 9, 3), ("sqrt", -1, .nan),
      ("sgn", -7, -1), ("sgn", 3, 1), ("sgn", 0, 0), ("sgn", .nan, .nan),
      ("round", 2.5, 3), ("round", -2.5, -2), ("round", 0.49, 0),
      ("deg", .pi, 180), ("rad", 180, .pi), ("sin", 0, 0), ("cos", 0, 1), ("tan", 0, 0),
      ("asin", 1, .pi / 2), ("acos", 1, 0), ("acos", 2, .nan), ("atan", 1, .pi / 4),
      ("sinh", 0, 0), ("cosh", 0, 1), ("tanh", .infinity, 1), ("asinh", 0, 0), ("acosh", 1, 0),
      ("atanh", 0, 0), ("atanh", 1, .infinity),
    ] as [(String, Double, Double)])
  func calculate(name: String, value: Double, expected: Double) throws {
    #expect(expected.isClose(to: try Called(name).of(value)))
  }

  @Test(
    "round to multiples, ties up",
    arguments: [(2.5, 5, 5), (7.4, 5, 5), (0.25, 0.1, 0.3), (-0.25, 0.1, -0.2), (1234, 1e3, 1000)])
  func roundToMultiples(value: Double, multiple: Double, expected: Double) throws {
    #expect(expected.isClose(to: try Called("round").of(value, multiple)))
  }

  // functions.test, "Tests for clamp_max, clamp_min(), and clamp()".
  @Test(
    "limit values, and have none where the limits cross",
    arguments: [
      (-50, -25, 75, -25), (100, -25, 75, 75), (0, -25, 75, 0), (0, 5, -5, nil),
      (.nan, 0, 1, .nan), (1, .nan, 2, .nan),
    ] as [(Double, Double, Double, Double?)])
  func limitValues(value: Double, low: Double, high: Double, expected: Double?) throws {
    var clamp = Called("clamp")
    let got = try clamp(.series([:], value), .scalar([low]), .scalar([high])).columns
    #expect(got.count == (expected == nil ? 0 : 1))
    #expect(expected.map { $0.isClose(to: got.first?.values[0]) } ?? true)
  }

  @Test(
    "choose between two scalars; NaN stays",
    arguments: [(3, 5, 3, 5), (-2, -5, -5, -2), (.nan, 3, .nan, .nan), (3, .nan, .nan, .nan)])
  func choose(left: Double, right: Double, least: Double, greatest: Double) throws {
    var minOf = Called("min_of")
    var maxOf = Called("max_of")
    #expect(least.isClose(to: try minOf(.scalar([left]), .scalar([right])).numbers[0]))
    #expect(greatest.isClose(to: try maxOf(.scalar([left]), .scalar([right])).numbers[0]))
  }

  @Test("limit values from one side; NaN stays")
  func limitFromOneSide() throws {
    #expect(try Called("clamp_min").of(-50, -25) == -25)
    #expect(try Called("clamp_max").of(100, 75) == 75)
    #expect(try Called("clamp_min").of(.nan, 1).isNaN)
    #expect(try Called("clamp_max").of(1, .nan).isNaN)
  }
}
