import Testing

@testable import Conformance

@Suite struct NotatedSeriesTests {
  @Test(arguments: [
    ("m 1 2 3", "1 2 3"),
    ("m 0+10x3", "0 10 20 30"),
    ("m 10-5x2", "10 5 0"),
    ("m -2-3x2", "-2 -5 -8"),
    ("m 7x2", "7 7 7"),
    ("m 0x3", "0 0 0 0"),
    ("m _ 1 _x2 stale", "_ 1 _ _ stale"),
    ("m Inf -Inf +Inf NaN 1e3 .5", "inf -inf inf nan 1000 0.5"),
    ("m 1e1+1e0x1", "10 11"),
    ("m", ""),
    ("m {{schema:0 sum:1 count:1}}x1 {{count:1}}+{{count:2}}x1", "h h h h"),
  ])
  func valuesExpandAsInPrometheus(text: String, values: String) throws {
    let series = try NotatedSeries(text)
    let written = series.values.map { value in
      switch value {
      case .number(let number):
        number.isAbsent ? "stale" : "\(number)".replacing(/\.0$/, with: "")
      case .omitted: "_"
      case .histogram: "h"
      }
    }
    #expect(written.joined(separator: " ") == values)
  }

  @Test(arguments: [
    ("up{job=\"a\", instance='b:1'} 1", ["__name__=up", "instance=b:1", "job=a"]),
    ("{a=`x\\n`,} 1", ["a=x\\n"]),
    (
      "{\"metric name\", \"the label\"=\"\\u00e9\\x41\\n\"} 1",
      ["__name__=metric name", "the label=éA\n"]
    ),
    ("job:rate5m 1", ["__name__=job:rate5m"]),
    ("m{gone=\"\"} 1", ["__name__=m"]),
    ("{} 1", []),
  ])
  func labelsAreReadWithAnyQuotes(text: String, labels: [String]) throws {
    #expect(try NotatedSeries(text).labels.labels.map { "\($0.name)=\($0.value)" } == labels)
  }

  @Test(arguments: [
    "m 1+x3", "m 1+2", "m x", "m{a} 1", "m{a=b} 1", "m{a=\"b 1", "m 1,2", "m {{sum:1", "",
    "m 0x99999999999", "m{\"\\q\"} 1",
  ])
  func mistakesAreErrors(text: String) {
    #expect(throws: ConformanceError.self) { try NotatedSeries(text) }
  }
}
