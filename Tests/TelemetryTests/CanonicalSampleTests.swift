import Canonical
import Testing

@Suite struct CanonicalSampleTests {
  @Test(
    "Values are written as Prometheus's API writes them",
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (-42, "-42"), (0.5, "0.5"), (1.0 / 3, "0.3333333333333333"),
      (123_456_789_012_345, "123456789012345"), (999_999_999_999_999, "999999999999999"),
      (1e15, "1000000000000000"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
      (-1.5e300, "-1.5e+300"), (0.0001, "0.0001"), (0.000_012_5, "0.0000125"),
      (0.000_001, "0.000001"), (0.000_000_1, "1e-07"), (.leastNonzeroMagnitude, "5e-324"),
      (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
    ])
  func values(value: Double, expected: String) {
    var output: [UInt8] = []
    Canonical.appendSample(value, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }

  @Test(
    "Times are seconds, with three decimals unless they are whole",
    arguments: [
      (0, "0"), (1_795_385_996_430, "1795385996.430"), (1_795_385_996_000, "1795385996"),
      (5, "0.005"), (-1500, "-1.500"),
    ] as [(Int64, String)])
  func times(milliseconds: Int64, expected: String) {
    var output: [UInt8] = []
    Canonical.appendSampleTime(milliseconds: milliseconds, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }
}
