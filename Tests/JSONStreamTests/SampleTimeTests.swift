import JSONStream
import Testing

@Suite struct SampleTimeTests {
  @Test(
    "Unix seconds are read to the nanosecond",
    arguments: [
      ("1795385996.429", 1_795_385_996_429_000_000),
      ("1795385996", 1_795_385_996_000_000_000),
      ("0", 0),
      ("-0", 0),
      ("0.000000001", 1),
      ("-0.5", -500_000_000),
      ("-1.25", -1_250_000_000),
      ("1.1234567891", 1_123_456_789),
      ("-1.1234567899", -1_123_456_789),
      ("1.795385996429e9", 1_795_385_996_429_000_000),
      ("1795385996429E-3", 1_795_385_996_429_000_000),
      ("1e0", 1_000_000_000),
      ("1e-9", 1),
      ("1e-10", 0),
      ("0e999999999", 0),
      ("1e-999999999", 0),
      ("9223372036.854775807", Int64.max),
      ("-9223372036.854775807", -Int64.max),
    ] as [(String, Int64)])
  func readsSeconds(text: String, expected: Int64) {
    #expect(seconds(text) == expected)
  }

  @Test(
    "Seconds that do not fit, or are no number, are refused",
    arguments: [
      "9223372036.854775808", "1e10", "1e400", "-1e400", "1795385996429", "1e999999999", "", "-",
      "1.", ".5", "01", "0x1", " 1", "1 ", "NaN", "1e", "+1",
      String(repeating: "9", count: 400),
    ])
  func refusesSeconds(text: String) {
    #expect(seconds(text) == nil)
  }

  @Test(
    "Nanoseconds are read as they are",
    arguments: [
      ("1795387639741107000", 1_795_387_639_741_107_000),
      ("0", 0),
      ("-1", -1),
      ("007", 7),
      ("9223372036854775807", Int64.max),
    ] as [(String, Int64)])
  func readsNanoseconds(text: String, expected: Int64) {
    #expect(nanoseconds(text) == expected)
  }

  @Test(
    "Nanoseconds that do not fit, or are no whole number, are refused",
    arguments: ["9223372036854775808", "99999999999999999999", "", "-", "1.5", "1e9", " 1", "+1"])
  func refusesNanoseconds(text: String) {
    #expect(nanoseconds(text) == nil)
  }

  private func seconds(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBytes { SampleTime.nanoseconds(seconds: $0) }
  }

  private func nanoseconds(_ text: String) -> Int64? {
    Array(text.utf8).withUnsafeBytes { SampleTime.nanoseconds($0) }
  }
}
