import Canonical
import Testing

@Suite struct CanonicalNumberTests {
  @Test(
    "A number prints with the fewest digits that read back",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (1e21, "1e+21"),
      (123_456_789_012_345_680, "123456789012345680"), (0.000001, "0.000001"),
      (0.0000001, "1e-07"), (1.5e-7, "1.5e-07"), (.leastNonzeroMagnitude, "5e-324"),
      (1.7976931348623157e308, "1.7976931348623157e+308"), (.nan, "NaN"),
      (.infinity, "+Inf"), (-.infinity, "-Inf"),
    ] as [(Double, String)])
  func printsShortest(value: Double, expected: String) {
    #expect(Canonical.text(value) == expected)
  }

  @Test(
    "A number rounds half up in its decimal form",
    arguments: [
      (0.15, 1, "0.2"), (2.5, 0, "3"), (-2.5, 0, "-3"), (0.004, 2, "0.00"), (-0.004, 2, "0.00"),
      (99.999, 2, "100.00"), (1234.5678, 1, "1234.6"), (0, 2, "0.00"), (1e-9, 3, "0.000"),
      (0.05, 0, "0"), (0.5, 0, "1"), (9.5, 0, "10"),
    ] as [(Double, Int, String)])
  func roundsToDecimals(value: Double, decimals: Int, expected: String) {
    #expect(Canonical.text(value, decimals: decimals) == expected)
  }

  @Test(
    "A number rounds to significant digits",
    arguments: [
      (1234.5678, 3, "1230"), (0.00123456, 3, "0.00123"), (9.999, 2, "10"), (0, 3, "0"),
      (123456789, 6, "123457000"),
    ] as [(Double, Int, String)])
  func roundsToSignificantDigits(value: Double, significant: Int, expected: String) {
    #expect(Canonical.text(value, significant: significant) == expected)
  }

  @Test(
    "Bytes print in binary units",
    arguments: [
      (512, "512 B"), (1536, "1.5 KiB"), (536_870_912, "512 MiB"), (1e15, "909 TiB"),
    ] as [(Double, String)])
  func printsBytes(value: Double, expected: String) {
    #expect(Canonical.bytes(value) == expected)
  }
}
