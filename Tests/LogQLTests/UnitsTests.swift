import Telemetry
import Testing

@testable import LogQL

/// Expected values by hand, from the documentation of Go's time package, go-humanize and netip.
struct UnitsTests {
  @Test(
    "durations are read as Go reads them",
    arguments: [
      ("1h15m30.918s", 4_530_918_000_000), ("250ms", 250_000_000), ("1.5µs", 1500),
      ("-1m", -60_000_000_000),
      ("0", 0), (".5s", 500_000_000), ("1d", nil), ("5", nil), ("", nil), ("1s2", nil), ("s", nil),
      ("9223372036854775807ns", .max), ("9223372036854775808ns", nil), ("3000000h", nil),
    ] as [(String, Int64?)])
  func duration(_ text: String, _ nanoseconds: Int64?) {
    #expect(GoDuration.nanoseconds(Array(text.utf8)) == nanoseconds)
  }

  @Test(
    "durations are written so that they read back",
    arguments: [0, 1, 999, 1_500_000, 90_000_000_000, -3_600_000_000_001, .max])
  func durationText(_ nanoseconds: Int64) {
    let text = GoDuration.text(nanoseconds: nanoseconds)
    #expect(GoDuration.nanoseconds(Array(text.utf8)) == nanoseconds)
  }

  @Test(
    "sizes are read with decimal and binary units",
    arguments: [
      ("42", 42), ("42 MB", 42_000_000), ("1.5kib", 1536), ("5GiB", 5_368_709_120),
      ("1,005.03 MB", 1_005_030_000),
      ("42b", 42), ("2k", 2000), ("1 Ki", 1024), ("x", nil), ("5xb", nil), ("", nil),
      ("99999999EB", nil),
    ] as [(String, UInt64?)])
  func size(_ text: String, _ bytes: UInt64?) {
    #expect(ByteSize.bytes(Array(text.utf8)) == bytes)
  }

  @Test(
    "numbers are read as Go reads them",
    arguments: [
      ("1.5e3", 1500), ("-0.25", -0.25), ("0x1p4", 16), ("0x10", nil), ("1e999", nil),
      ("Inf", .infinity), ("abc", nil),
      ("", nil), ("nan(1)", nil), (" 1", nil),
    ] as [(String, Double?)])
  func number(_ text: String, _ value: Double?) {
    #expect(GoNumber.value(Array(text.utf8)) == value)
  }

  @Test(
    "a range of addresses holds those between its ends",
    arguments: [
      ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false),
      ("0.0.0.0/0", "1.2.3.4", true),
      ("10.0.0.1-10.0.0.9", "10.0.0.9", true), ("10.0.0.1-10.0.0.9", "10.0.0.10", false),
      ("::1", "0:0:0:0:0:0:0:1", true), ("2001:db8::/32", "2001:db8:ffff::1", true),
      ("::ffff:1.2.3.4", "::ffff:102:304", true), ("10.0.0.0/8", "::1", false),
      ("fe80::/10", "febf::1", true), ("fe80::/10", "fec0::1", false),
    ])
  func addresses(_ range: String, _ address: String, _ isHeld: Bool) throws {
    let range = try #require(AddressRange(range))
    let address = try #require(NetworkAddress(Array(address.utf8)[...]))
    #expect(range.contains(address) == isHeld)
  }

  @Test(
    "what is no address or range is refused",
    arguments: [
      "", "1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4/33", "1.2.3.9-1.2.3.1", "1.2.3.4-::1", "::1::",
      "12345::", "1:2:3:4:5:6:7:8:9", "g::1", "1.2.3.4/", "1.2.3.4/+8",
    ])
  func noAddress(_ text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test(
    "times are written and read by Go's layouts",
    arguments: [
      ("2006-01-02T15:04:05.000Z07:00", "2021-05-03T00:00:00.123Z"),
      ("Jan _2 15:04:05", "May  3 00:00:00"),
      ("Monday, 02-Jan-06 15:04:05 MST", "Monday, 03-May-21 00:00:00 UTC"), ("3:04PM", "12:00AM"),
      ("2006-01-02 15:04:05.999999999 -0700", "2021-05-03 00:00:00.123456789 +0000"),
    ])
  func layout(_ layout: String, _ text: String) {
    let instant = Timestamp(nanoseconds: 1_620_000_000_123_456_789)
    #expect(GoLayout(layout).text(of: instant) == text)
  }

  @Test("a time is read with its offset")
  func parsedTime() {
    #expect(
      GoLayout("2006-01-02T15:04:05Z07:00").instant("2021-05-03T02:00:00.5+02:00")
        == Timestamp(nanoseconds: 1_620_000_000_500_000_000))
    #expect(GoLayout("2006-01-02").instant("2021-13-03") == nil)
    #expect(GoLayout("15:04").instant("nope") == nil)
  }
}
