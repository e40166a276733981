import Canonical
import Telemetry
import Testing

@Suite struct CanonicalTimeTests {
  @Test(
    "An instant prints as RFC 3339 with the digits it needs",
    arguments: [
      (0, "1970-01-01T00:00:00Z"),
      (1_772_359_500_000_000_000, "2026-03-01T10:05:00Z"),
      (1_772_359_500_250_000_000, "2026-03-01T10:05:00.25Z"),
      (1_772_359_500_000_000_001, "2026-03-01T10:05:00.000000001Z"),
      (-1, "1969-12-31T23:59:59.999999999Z"),
      (951_782_400_000_000_000, "2000-02-29T00:00:00Z"),
      (Int64.max, "2262-04-11T23:47:16.854775807Z"),
    ])
  func printsRFC3339(nanoseconds: Int64, expected: String) {
    #expect(Canonical.text(Timestamp(nanoseconds: nanoseconds)) == expected)
    #expect(Canonical.timestamp(expected)?.nanoseconds == nanoseconds)
  }

  @Test(
    "Other spellings of an instant are read",
    arguments: [
      ("2026-03-01T11:05:00+01:00", 1_772_359_500_000_000_000),
      ("2026-03-01t10:05:00z", 1_772_359_500_000_000_000),
      ("1772359500", 1_772_359_500_000_000_000),
      ("1772359500.429", 1_772_359_500_429_000_000),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000),
    ] as [(String, Int64)])
  func readsOtherSpellings(text: String, expected: Int64) {
    #expect(Canonical.timestamp(text)?.nanoseconds == expected)
  }

  @Test(
    "What is no instant is refused",
    arguments: [
      "", "T", "2026-02-30T00:00:00Z", "2026-03-01T10:05:00", "2026-13-01T00:00:00Z", "1e9",
      "yesterday",
    ])
  func refusesOtherText(text: String) {
    #expect(Canonical.timestamp(text) == nil)
  }

  @Test(
    "A span prints as a Prometheus duration",
    arguments: [
      (0, "0s"), (15_000_000_000, "15s"), (5_400_000_000_000, "1h30m"), (250_000_000, "250ms"),
      (90_061_000_000_000, "1d1h1m1s"),
    ] as [(Int64, String)])
  func printsDurations(nanoseconds: Int64, expected: String) {
    #expect(Canonical.text(TimeSpan(nanoseconds: nanoseconds)) == expected)
    #expect(Canonical.span(expected)?.nanoseconds == nanoseconds)
  }
}
