import Testing

@testable import Collection

@Suite struct LogClockTests {
  // 2026-11-22T22:50:30Z is 1795387830 s since the epoch; 2000-11-22T22:50:30Z is 974933430 s.
  @Test(
    arguments: [
      ("2026-11-22T22:50:30Z started", 1_795_387_830_000_000_000, false),
      ("2026-11-22T22:50:30.119966123Z x", 1_795_387_830_119_966_123, false),
      ("2026-11-23T00:50:30+02:00 x", 1_795_387_830_000_000_000, false),
      ("2026-11-22 22:50:30,968 DEBUG x", 1_795_387_830_968_000_000, false),
      ("[2026-11-22 22:50:30] x", 1_795_387_830_000_000_000, false),
      ("I1122 22:50:30.500000       1 main.go:7] x", 974_933_430_500_000_000, true),
      ("Nov 22 22:50:30 node-1 kubelet[9]: x", 974_933_430_000_000_000, true),
      ("<34>Nov 22 22:50:30 node-1 su: x", 974_933_430_000_000_000, true),
      ("10.0.0.1 - - [22/Nov/2026:22:50:30 +0000] \"GET /\"", 1_795_387_830_000_000_000, false),
      ("1795387830 x", 1_795_387_830_000_000_000, false),
      ("1795387830.25 x", 1_795_387_830_250_000_000, false),
      ("1795387830123 x", 1_795_387_830_123_000_000, false),
      ("1795387830123456789 x", 1_795_387_830_123_456_789, false),
      ("{\"msg\":\"a\",\"ts\":1795387830.5}", 1_795_387_830_500_000_000, false),
      ("{\"timestamp\": \"2026-11-22T22:50:30Z\"}", 1_795_387_830_000_000_000, false),
      ("level=info ts=2026-11-22T22:50:30Z msg=a", 1_795_387_830_000_000_000, false),
    ] as [(String, Int64, Bool)])
  func `a line states its time`(line: String, nanoseconds: Int64, isYearless: Bool) {
    let reading = reading(line)
    #expect(reading?.nanoseconds == nanoseconds)
    #expect(reading?.isYearless == isYearless)
  }

  @Test(arguments: [
    "", "\tat java.lang.Thread.run", "Caused by: x", "12345 x", "2026-13-01T00:00:00Z x",
    "2026-02-30T00:00:00Z x", "Novel 22 22:50:30", "{\"level\":\"info\"}", "uptime=12",
  ])
  func `a line without a time states none`(line: String) {
    #expect(reading(line) == nil)
  }

  @Test func `the prefix of a container runtime is no part of the line`() {
    let line = "2026-11-22T22:50:30.1Z stderr P half of "
    let reading = reading(line)
    #expect(reading?.prefixLength == "2026-11-22T22:50:30.1Z stderr P ".utf8.count)
    #expect(reading?.isPartial == true)
  }

  private func reading(_ line: String) -> LogClock.Reading? {
    Array(line.utf8).withUnsafeBytes { LogClock.reading(of: $0) }
  }
}
