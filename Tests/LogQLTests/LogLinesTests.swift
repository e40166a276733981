import LogQL
import Telemetry
import Testing

struct LogLinesTests {
  /// Two segments of a log: lines 0…9 at 0…9 s, and 10…19 at 10…19 s, of streams a and b in turn.
  private struct TwoSegments: LogSource {
    let streams = [LabelSet(["app": "a"]), LabelSet(["app": "b"])]
    let segments = [
      LogSegment(first: 0, last: 9_000_000_000),
      LogSegment(first: 10_000_000_000, last: 19_000_000_000),
    ]

    func read(segment: Int, _ body: (LogEntry) throws -> Bool) throws {
      for number in (segment * 10)..<(segment * 10 + 10) {
        let goesOn = try Array("line \(number)".utf8).withUnsafeBytes { line in
          try body(
            LogEntry(nanoseconds: Int64(number) * 1_000_000_000, stream: number % 2, line: line))
        }
        if !goesOn { return }
      }
    }
  }

  private func numbers(
    _ text: String, from: Int64 = 0, to: Int64 = 100, limit: Int,
    _ direction: LogEngine.Direction
  ) throws -> [String] {
    guard case .logs(let selector) = try LogQuery.parse(text) else { return [] }
    return try LogEngine(source: TwoSegments()).lines(
      of: selector, from: Timestamp(seconds: from), to: Timestamp(seconds: to), limit: limit,
      direction: direction
    ).lines.map { String(decoding: $0.line.dropFirst(5), as: UTF8.self) }
  }

  @Test("backward gives the latest lines, the last first, over all segments")
  func backward() throws {
    #expect(try numbers(#"{app="a"}"#, limit: 3, .backward) == ["18", "16", "14"])
    #expect(
      try numbers(#"{app=~".+"} |= "1""#, limit: 12, .backward)
        == ["19", "18", "17", "16", "15", "14", "13", "12", "11", "10", "1"])
  }

  @Test("forward gives the earliest lines, the first first")
  func forward() throws {
    #expect(try numbers(#"{app="b"}"#, limit: 6, .forward) == ["1", "3", "5", "7", "9", "11"])
  }

  @Test("the start of the time belongs to it, the end does not")
  func ends() throws {
    #expect(
      try numbers(#"{app=~".+"}"#, from: 8, to: 11, limit: 9, .forward) == ["8", "9", "10"])
    #expect(
      try numbers(#"{app=~".+"}"#, from: 8, to: 11, limit: 9, .backward) == ["10", "9", "8"])
  }

  @Test("stages run on the lines that are kept, with their labels")
  func stages() throws {
    #expect(
      try numbers(
        #"{app="a"} | pattern "line <n>" | n>13 | line_format "line <{{.app}}{{.n}}>""#, limit: 2,
        .backward) == ["<a18>", "<a16>"])
  }

  @Test("what was read and what passed is counted")
  func statistics() throws {
    guard case .logs(let selector) = try LogQuery.parse(#"{app="a"} |= "2""#) else { return }
    let answer = try LogEngine(source: TwoSegments()).lines(
      of: selector, from: Timestamp(seconds: 0), to: Timestamp(seconds: 100), limit: 10,
      direction: .forward)
    // Lines 0 2 4 … 18, of which 2 and 12 hold a 2.
    #expect(answer.statistics.lines == 10)
    #expect(answer.statistics.passed == 2)
    #expect(answer.statistics.bytes == 5 * 6 + 5 * 7)
  }

  @Test("lines that an answer may hold are limited")
  func budget() throws {
    var limits = LogLimits()
    limits.lineBytes = 20
    guard case .logs(let selector) = try LogQuery.parse(#"{app="a"}"#) else { return }
    for direction in LogEngine.Direction.allCases {
      #expect(throws: LogQueryError.self) {
        try LogEngine(source: TwoSegments(), limits: limits).lines(
          of: selector, from: Timestamp(seconds: 0), to: Timestamp(seconds: 100), limit: 10,
          direction: direction)
      }
    }
  }

  @Test(
    "hostile lines cost no more than their length",
    arguments: [
      "| json", "| logfmt --strict", "| logfmt", "| unpack", "| decolorize",
      "| pattern `<a> <b> <c>`", "| regexp `(?P<a>(a+)+$)`", "|~ `(x+x+)+y`", "|= ip(`1.2.3.4`)",
      "| json a=`b.c[3].d`", "| line_format `{{ __line__ | trunc 10 }}`", "|> `<_>a<_>b<_>`",
    ])
  func hostileLines(_ stages: String) throws {
    let lines = [
      String(repeating: "{\"a\":", count: 20_000), String(repeating: "[", count: 100_000),
      "{" + (0..<20_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}",
      String(repeating: "a=\"\\", count: 25_000), String(repeating: "\u{1B}[", count: 40_000),
      String(repeating: "1.", count: 50_000), String(repeating: ":", count: 100_000),
      String(repeating: "x", count: 1_000_000), "nul \0 byte\r\n and \u{FFFD}", "",
    ]
    let table = LogTable(
      streams: [LabelSet(["app": "a"])],
      lines: lines.enumerated().map {
        LogTable.Line(at: Timestamp(seconds: Int64($0.offset)), $0.element)
      })
    guard case .logs(let selector) = try LogQuery.parse(#"{app="a"} "# + stages) else { return }
    let answer = try LogEngine(source: table).lines(
      of: selector, from: Timestamp(seconds: 0), to: Timestamp(seconds: 100), limit: 100,
      direction: .forward)
    #expect(answer.statistics.lines == lines.count)
  }

  @Test("a line with more labels than are kept says so", arguments: ["json", "logfmt"])
  func tooManyLabels(_ parser: String) throws {
    let line =
      parser == "json"
      ? "{" + (0..<3000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
      : (0..<3000).map { "k\($0)=\($0)" }.joined(separator: " ")
    let table = LogTable(
      streams: [LabelSet(["app": "a"])], lines: [.init(at: Timestamp(seconds: 0), line)])
    guard case .logs(let selector) = try LogQuery.parse(#"{app="a"} | "# + parser) else { return }
    let found = try LogEngine(source: table).lines(
      of: selector, from: Timestamp(seconds: 0), to: Timestamp(seconds: 1), limit: 1,
      direction: .forward
    ).lines
    #expect(found.first?.labels.labels.count == 2002)
    #expect(found.first?.labels["__error_details__"] == "more than 2000 labels in one line")
  }
}
