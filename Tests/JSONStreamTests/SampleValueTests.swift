import JSONStream
import Testing

@Suite struct SampleValueTests {
  /// Expected bits are those of CPython's `float`, which uses David Gay's correctly rounded strtod.
  @Test(
    "Known hard numbers are rounded correctly",
    arguments: [
      // The number that hung PHP 5.3.2 and Java 6, and its neighbours.
      ("2.2250738585072011e-308", 0x000F_FFFF_FFFF_FFFF),
      ("2.2250738585072012e-308", 0x0010_0000_0000_0000),
      ("2.2250738585072014e-308", 0x0010_0000_0000_0000),
      // Ends of the range: the smallest subnormal, half of it, the largest double.
      ("4.9406564584124654e-324", 0x0000_0000_0000_0001),
      ("2.4703282292062327e-324", 0x0000_0000_0000_0000),
      ("2.4703282292062328e-324", 0x0000_0000_0000_0001),
      ("1.7976931348623157e308", 0x7FEF_FFFF_FFFF_FFFF),
      ("1.7976931348623158e308", 0x7FEF_FFFF_FFFF_FFFF),
      ("1.7976931348623159e308", 0x7FF0_0000_0000_0000),
      ("1e-400", 0x0000_0000_0000_0000),
      ("1e400", 0x7FF0_0000_0000_0000),
      // Ties at 2^53 go to the even neighbour.
      ("9007199254740993", 0x4340_0000_0000_0000),
      ("9007199254740995", 0x4340_0000_0000_0002),
      ("9007199254740991.5", 0x4340_0000_0000_0000),
      ("18014398509481984.5", 0x4350_0000_0000_0000),
      // A tie with 54 digits (Rick Regan, "Incorrectly rounded conversions in Visual C++").
      (
        "0.500000000000000166533453693773481063544750213623046875", 0x3FE0_0000_0000_0002
      ),
      ("3.518437208883201171875e13", 0x42C0_0000_0000_0002),
      ("62.5364939768271845828", 0x404F_44AB_D5AA_7CA4),
      ("8.10109172351e-10", 0x3E0B_D5CB_AEF0_FD0C),
      ("1.50000000000000011102230246251565", 0x3FF8_0000_0000_0000),
      // Subnormals from the tests of fast_float.
      ("8.442911973260991817129021e-309", 0x0006_1234_0000_0001),
      ("6.631236846766476e-316", 0x0000_0000_0800_0000),
      ("3.2378839133029012895883524125015321748630094231e-319", 0x0000_0000_0000_FFFF),
      ("358416272e-33", 0x3ADB_BB2A_68C9_D0B9),
      ("1e23", 0x44B5_2D02_C7E1_4AF6),
      ("123456789012345680000", 0x441A_C53A_7E04_BCDA),
      ("-0", 0x8000_0000_0000_0000),
      ("0.0", 0x0000_0000_0000_0000),
      ("1", 0x3FF0_0000_0000_0000),
      ("28", 0x403C_0000_0000_0000),
      ("-1.5E+2", 0xC062_C000_0000_0000),
    ] as [(String, UInt64)])
  func roundsHardNumbers(text: String, bits: UInt64) {
    #expect(SampleValue.parse(text)?.bitPattern == bits)
  }

  @Test(
    "The names that Prometheus writes are read",
    arguments: [("+Inf", Double.infinity), ("Inf", .infinity), ("-Inf", -.infinity)])
  func readsInfinities(text: String, expected: Double) {
    #expect(SampleValue.parse(text) == expected)
  }

  @Test("NaN is read as NaN") func readsNaN() {
    #expect(SampleValue.parse("NaN")?.isNaN == true)
  }

  @Test(
    "What Prometheus never writes is refused",
    arguments: [
      "", " ", " 1", "1 ", "+1", "-", ".", "1.", ".5", "1e", "1e+", "e5", "0x10", "0x1p3", "1_000",
      "nan", "inf", "infinity", "+NaN", "-NaN", "++Inf", "1.2.3", "1,5", "12\u{0}", "１",
    ])
  func refusesOtherText(text: String) {
    #expect(SampleValue.parse(text) == nil)
  }

  @Test("Any double that is written in its shortest form is read back") func readsBack() {
    for bits in BitPatterns(seed: 1, count: 40_000) {
      let value = Double(bitPattern: bits)
      guard value.isFinite else { continue }
      let parsed = SampleValue.parse(value.description)
      guard parsed?.bitPattern != bits else { continue }
      #expect(parsed?.bitPattern == bits, "\(value)")
      return
    }
  }

  /// Compared with Swift's own parser, which is correctly rounded too.
  @Test("Digits times any power of ten are rounded as Swift rounds them") func agreesWithSwift() {
    var digits = BitPatterns(seed: 2, count: .max)
    for exponent in -360...330 {
      for length in 1...24 {
        let first = digits.next() ?? 0
        let second = digits.next() ?? 0
        let text = String("\(first)\(second)".prefix(length)) + "e\(exponent)"
        guard SampleValue.parse(text)?.bitPattern != Double(text)?.bitPattern else { continue }
        #expect(SampleValue.parse(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
        return
      }
    }
  }

  @Test("A point anywhere among the digits changes nothing but the power") func readsPoints() {
    for bits in BitPatterns(seed: 3, count: 2_000) {
      let digits = String(bits)
      for place in 1..<digits.count {
        let text = digits.prefix(place) + "." + digits.dropFirst(place)
        guard SampleValue.parse(String(text))?.bitPattern != Double(text)?.bitPattern else {
          continue
        }
        #expect(SampleValue.parse(String(text))?.bitPattern == Double(text)?.bitPattern, "\(text)")
        return
      }
    }
  }
}
