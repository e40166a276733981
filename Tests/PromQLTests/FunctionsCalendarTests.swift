import Telemetry
import Testing

@testable import PromQL

@Suite("Functions of the calendar")
struct FunctionsCalendarTests {
  // functions.test: 1136239445 is Mon 2 Jan 2006 22:04:05 UTC; the rest from `date -u -d @…`.
  @Test(
    "take a time apart",
    arguments: [
      ("year", 1_136_239_445, 2006), ("month", 1_136_239_445, 1),
      ("day_of_month", 1_136_239_445, 2),
      ("day_of_week", 1_136_239_445, 1), ("day_of_year", 1_136_239_445, 2),
      ("hour", 1_136_239_445, 22), ("minute", 1_136_239_445, 4),
      ("days_in_month", 1_454_284_800, 29), ("days_in_month", 1_485_907_200, 28),
      ("days_in_month", 1_671_000_000, 31),
      ("year", 1_230_767_999, 2008), ("year", 1_230_768_000, 2009),
      ("day_of_year", 1_483_191_420, 366), ("day_of_week", 0, 4), ("day_of_week", -86_400, 3),
      ("hour", -1, 23), ("year", -1, 1969), ("minute", 119.9, 1),
      ("year", .nan, .nan), ("year", 1e300, .nan), ("year", -.infinity, .nan),
    ] as [(String, Double, Double)])
  func takeApart(name: String, seconds: Double, expected: Double) throws {
    var called = Called(name)
    let columns = try called(.series(["__name__": "m", "a": "b"], seconds)).columns
    #expect(expected.isClose(to: columns[0].values[0]))
    #expect(columns[0].labels == LabelSet(["a": "b"]))
  }

  @Test("take the time of each step without an argument")
  func ofSteps() throws {
    var minute = Called("minute", grid: QueryGrid(start: 60_000, step: 60_000, count: 3))
    #expect(try minute().lines == ["{} 1 2 3"])
  }
}
