import Telemetry
import Testing

@testable import LogPatterns

@Suite struct EventAssemblerTests {
  @Test(arguments: [
    [
      "2026-11-22 ERROR failed", "java.lang.OutOfMemoryError: Java heap space",
      "\tat a.B.c(B.java:7)|", "\tat a.B.d(B.java:9)|", "Caused by: java.io.IOException: x|",
      "\t... 12 more|", "2026-11-22 INFO next",
    ],
    [
      "System.InvalidOperationException: no", "   at A.B.C() in /src/B.cs:line 7|",
      "--- End of stack trace from previous location ---|", "   at A.D()|", "next",
    ],
    [
      "before", "Traceback (most recent call last):", "  File \"/app/v.py\", line 61, in get|",
      "    row = pool.get()|", "psycopg2.pool.PoolError: exhausted|",
      "During handling of the above exception, another exception occurred:|",
      "Traceback (most recent call last):|", "  File \"/app/w.py\", line 2, in put|",
      "ValueError: x|", "after",
    ],
    [
      "panic: runtime error: index out of range [3] with length 2", "|",
      "goroutine 1 [running]:|", "main.run(0x1, 0x2)|", "\t/src/main.go:7 +0x1d|",
      "main.main()|", "\t/src/main.go:3 +0x2|", "exit status 2|", "ready",
    ],
    [
      "2026-11-22T20:54:18.764Z stdout P first half and ",
      "2026-11-22T20:54:18.765Z stdout F second half|", "2026-11-22T20:54:18.766Z stdout F next",
    ],
    ["  indented but no frame", "  indented again", "plain"],
  ])
  func `a trace is one event`(lines: [String]) {
    var expected: [Int] = []
    for line in lines {
      if line.hasSuffix("|") { expected[expected.count - 1] += 1 } else { expected.append(1) }
    }
    let texts = lines.map { $0.hasSuffix("|") ? String($0.dropLast()) : $0 }
    #expect(events(of: texts).map(\.lines) == expected)
  }

  @Test func `the pattern of a trace is its error, message and nearest frames`() {
    let java = [
      "java.lang.IllegalStateException: bad order 7", "\tat a.B.c(B.java:7)",
      "\tat a.B.d(B.java:9)", "\tat a.B.e(B.java:9)", "\tat a.B.f(B.java:9)",
      "Caused by: java.sql.SQLException: HikariPool-1 - timed out", "\tat a.B.g(B.java:9)",
    ]
    let python = [
      "Traceback (most recent call last):", "  File \"/a.py\", line 1, in first", "    first()",
      "  File \"/b.py\", line 2, in second", "    second()",
      "  File \"/c.py\", line 3, in third", "    third()",
      "  File \"/d.py\", line 4, in fourth", "    fourth()", "KeyError: 'x'",
    ]
    #expect(
      templates(of: [events(of: java)[0].text, events(of: python)[0].text]) == [
        "Traceback (most recent call last): KeyError: <*> File <*>, line <*>, in second "
          + "File <*>, line <*>, in third File <*>, line <*>, in fourth",
        "java.lang.IllegalStateException: bad order <*> Caused by: java.sql.SQLException: <*> - "
          + "timed out at a.B.c(<*>) at a.B.d(<*>) at a.B.e(<*>)",
      ])
  }

  @Test func `cutting the lines of streams into parts changes nothing`() {
    let lines = [
      "start", "Traceback (most recent call last):", "  File \"/a.py\", line 1, in f", "    g()",
      "ValueError: x", "java.io.IOException: y", "\tat a.B.c(B.java:7)", "Caused by: z", "end",
      "panic: p", "", "goroutine 1 [running]:", "main.main()", "\t/main.go:1", "done",
    ]
    let whole = counts(of: [lines])
    for first in 1..<lines.count {
      for second in first..<lines.count {
        let parts = [
          Array(lines[..<first]), Array(lines[first..<second]), Array(lines[second...]),
        ]
        #expect(counts(of: parts) == whole, "cut at \(first) and \(second)")
      }
    }
  }

  @Test func `an endless trace begins again and no line is lost`() {
    let lines = ["java.io.IOException: y"] + Array(repeating: "\tat a.B.c(B.java:7)", count: 5000)
    let found = events(of: lines)
    #expect(found.reduce(0) { $0 + $1.lines } == lines.count)
    #expect(found.count > 1)
    #expect(found.allSatisfy { $0.text.utf8.count <= EventAssembler.mostBytes })
  }

  private func events(of lines: [String]) -> [(text: String, lines: Int)] {
    var events: [(String, Int)] = []
    var assembler = EventAssembler()
    let emit = { (event: UnsafeRawBufferPointer, _: LineFacts, lines: Int) in
      events.append((String(decoding: event, as: UTF8.self), lines))
    }
    for (index, line) in lines.enumerated() {
      Array(line.utf8).withUnsafeBytes {
        assembler.add($0, LineFacts(time: Int64(index)), emit: emit)
      }
    }
    assembler.finish(emit: emit)
    return events
  }

  /// Templates with their counts, of parts that hold the lines of two streams each.
  private func counts(of parts: [[String]]) -> [String] {
    var time: Int64 = 0
    let mined = parts.map { lines in
      var miner = PartMiner()
      for line in lines {
        for stream in 0..<2 {
          time += 1
          Array(line.utf8).withUnsafeBytes {
            miner.add($0, LineFacts(time: time), stream: stream)
          }
        }
      }
      return miner.finish()
    }
    let patterns = MinedPatterns(of: PatternCounts(joining: mined))
    return patterns.patterns.map { "\($0.count) \($0.first) \($0.template)" }
      + ["\(patterns.totals)"]
  }
}
