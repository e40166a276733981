import BundleStore
import PromQL
import Telemetry
import Testing

@testable import Queries

@Suite struct BundleQueriesTests {
  private static let up = #""__name__":"up","job":"a""#

  private func answer(
    _ text: String, _ bundle: CraftedBundle, at seconds: Int64 = 1600, isStrict: Bool = false
  ) throws -> BundleAnswer {
    try BundleQueries(bundle.reader(), threads: 1).answer(
      to: BundleQuestion(text, at: .instant(Timestamp(seconds: seconds)), isStrict: isStrict))
  }

  private func values(_ answer: BundleAnswer) -> [Double] {
    guard case .vector(let columns) = answer.result.value else { return [] }
    return columns.flatMap(\.values)
  }

  @Test("A series that vanished from a grid is gone at once, whatever the lookback")
  func vanishedSeriesIsGone() throws {
    let bundle = try CraftedBundle([.grid("up", 1, [(Self.up, [1, 1, 1, nil])])])
    #expect(values(try answer("up", bundle, at: 1120)) == [1])
    #expect(values(try answer("up", bundle, at: 1179)) == [1])
    #expect(values(try answer("up", bundle, at: 1180)) == [])
  }

  @Test("The server's own lookback is used unless another is asked for")
  func lookback() throws {
    let entry = CraftedBundle.Entry.samples("up[9m]", 1, [(Self.up, [(1200.5, 7)])])
    let bundle = try CraftedBundle([entry], lookback: .seconds(60))
    #expect(values(try answer("up", bundle, at: 1260)) == [7])
    #expect(values(try answer("up", bundle, at: 1261)) == [])
    let queries = BundleQueries(try bundle.reader(), threads: 1)
    var question = BundleQuestion("up", at: .instant(Timestamp(seconds: 1300)))
    question.lookback = .minutes(5)
    #expect(values(try queries.answer(to: question)) == [7])
  }

  @Test(
    "Ranges hold their left edge as the server's version had it, except over a grid of scrapes",
    arguments: [
      ("2.53.0", TimeSpan.seconds(60), RangeBoundary.leftClosed),
      ("2.53.0", .seconds(15), .leftOpen),
      ("3.1.0", .seconds(60), .leftOpen),
      ("", .seconds(60), .leftOpen),
    ])
  func boundaries(version: String, step: TimeSpan, expected: RangeBoundary) throws {
    var entry = CraftedBundle.Entry.grid("up", 1, [(Self.up, [1, 2])])
    entry.query?.step = step
    let bundle = try CraftedBundle([entry], version: version)
    let queries = BundleQueries(try bundle.reader(), threads: 1)
    #expect(queries.options(for: try Expression.parse("rate(up[5m])")).rangeBoundary == expected)
  }

  @Test("An expression whose metric is missing is served by its recorded answer, and says so")
  func recordedAnswerServes() throws {
    let bundle = try CraftedBundle([
      .grid(
        "sum by (job)(rate(gone_total[5m]))", 1, role: .recordedAnswer, [(#""job":"a""#, [1, 2])])
    ])
    let found = try answer("sum   by(job) (rate(gone_total[5m]))", bundle, at: 1060)
    #expect(values(found) == [2])
    #expect(found.result.warnings.count == 1)
    #expect(found.result.warnings[0].contains("recorded answer"))
    #expect(found.result.warnings[0].contains("answers/0001.json"))
    // Between two steps of the recording nothing is known.
    #expect(values(try answer("sum by (job) (rate(gone_total[5m]))", bundle, at: 1061)) == [])
  }

  @Test("An expression whose metrics are all there is computed, not looked up")
  func rawDataIsComputed() throws {
    let bundle = try CraftedBundle([
      .grid("up + 1", 1, role: .recordedAnswer, [(#""job":"a""#, [77])]),
      .grid("up", 2, [(Self.up, [1])]),
    ])
    #expect(values(try answer("up + 1", bundle, at: 1000)) == [2])
  }

  @Test("A missing metric is absent and named, with what was meant and whether it was asked for")
  func absentMetricIsNamed() throws {
    let gap = CoverageGap(
      source: .prometheus, subject: "prometheus/x.json", code: .emptyResult,
      detail: "`sum(asked_total)` returned no series", losesEvidence: false)
    let bundle = try CraftedBundle(
      [
        .grid("http_requests_total", 1, [(#""__name__":"http_requests_total""#, [1])]),
        .grid("rate(derived_total[5m])", 2, role: .recordedAnswer, [("", [1])]),
      ], gaps: [gap])
    let cases = [
      ("http_request_total", "http_requests_total"),
      ("http_request_total", "did not ask for it"),
      ("asked_total", "EMPTY_RESULT|empty answer (prometheus/x.json)"),
      ("derived_total", "only inside `rate(derived_total[5m])`"),
    ]
    for (name, words) in cases {
      let found = try answer("1 + \(name)", bundle)
      #expect(values(found) == [])
      let warning = try #require(found.result.warnings.first)
      #expect(warning.contains("no series of \(name)"))
      #expect(words.split(separator: "|").contains { warning.contains($0) }, "\(warning)")
      #expect(warning.hasSuffix("(1:5)"))
      let error = #expect(throws: BundleQueryError.self) {
        try answer(name, bundle, isStrict: true)
      }
      #expect("\(try #require(error))".contains(name))
    }
    #expect(values(try answer("absent(nothing)", bundle)) == [1])
  }

  @Test("Series that the capture left out of a metric are warned about")
  func partialMetric() throws {
    let bundle = try CraftedBundle([.grid(#"up{job="a"}"#, 1, [(Self.up, [1])])])
    func warnings(_ text: String) throws -> [String] {
      try answer(text, bundle, at: 1000).result.warnings
    }
    #expect(try warnings(#"up{job="a"}"#) == [])
    #expect(try warnings(#"up{job="b"}"#).count == 1)
    #expect(try warnings("up").first?.contains(#"`up{job="a"}`"#) == true)
  }

  @Test("Times outside the window and ranges that begin before it are told")
  func outsideTheWindow() throws {
    let bundle = try CraftedBundle([.grid("up", 1, [(Self.up, [1, 2, 3])])])
    #expect(try answer("up", bundle, at: 1601).result.warnings.count == 1)
    #expect(try answer("up", bundle, at: 1000).result.warnings == [])
    func infos(at instant: Int64) throws -> [String] {
      try answer("avg_over_time(up[5m])", bundle, at: instant).result.infos
    }
    #expect(try infos(at: 1299).contains { $0.contains("rest on less than the 5m") })
    #expect(try !infos(at: 1300).contains { $0.contains("rest on less than the 5m") })
    #expect(try infos(at: 1300).contains { $0.contains("read from a grid of instants") })
  }

  @Test("A label that no series has is a warning, a value that none has is a note")
  func unmatchedSelectors() throws {
    let bundle = try CraftedBundle([.grid("up", 1, [(Self.up, [1, 2, 3])])])
    let label = try answer(#"up{jobb="a"}"#, bundle, at: 1000).result
    #expect(label.warnings.first?.contains(#"satisfies jobb="a": none has that label"#) == true)
    let value = try answer(#"up{job="nobody"}"#, bundle, at: 1000).result
    #expect(value.warnings == [])
    #expect(value.infos.first?.contains(#"satisfies job="nobody": values are"#) == true)
  }

  @Test("A damaged entry is a warning and stands in the answer")
  func damage() throws {
    let bundle = try CraftedBundle([
      .grid("up", 1, [(Self.up, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])])
    ])
    try bundle.damageLastEntry()
    let found = try answer("up", bundle)
    #expect(found.damages.map(\.subject) == ["metrics/0001.json"])
    #expect(found.result.warnings.contains { $0.contains("metrics/0001.json is damaged") })
    #expect(found.absentMetrics.map(\.name) == ["up"])
  }

  @Test("Native histograms are refused by name, not left out")
  func nativeHistograms() throws {
    let content =
      #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"lat"},"#
      + #""histograms":[[1000,{"count":"1","sum":"2","buckets":[]}]]}]}}"#
    let bundle = try CraftedBundle([
      CraftedBundle.Entry(path: "metrics/0001.json", content: content)
    ])
    let error = #expect(throws: BundleQueryError.self) { try answer("lat", bundle) }
    #expect(error == .query(.needsNativeHistograms(metric: "lat")))
  }

  @Test(
    "Without times the whole window is asked in round steps; a range selector at the end",
    arguments: [
      ("up", 41, 1000, 1600), ("up[5m]", 1, 1600, 1600), (#""text""#, 1, 1600, 1600),
    ])
  func defaultTimes(text: String, count: Int, first: Int64, last: Int64) throws {
    let bundle = try CraftedBundle([.grid("up", 1, [(Self.up, [1])])])
    let queries = BundleQueries(try bundle.reader(), threads: 1)
    let grid = try queries.answer(to: BundleQuestion(text)).times.grid
    // 600 s in steps of 15 s, the scrape interval; 600 s / 250 is less.
    #expect(grid.start == first * 1000)
    #expect(grid.end == last * 1000)
    #expect(grid.count == count)
  }

  @Test("Mistakes in the text and in the times are errors")
  func mistakes() throws {
    let bundle = try CraftedBundle([])
    let queries = BundleQueries(try bundle.reader(), threads: 1)
    for text in ["up{", "sum(", "1 +"] {
      let error = #expect(throws: BundleQueryError.self) {
        try queries.answer(to: BundleQuestion(text))
      }
      guard case .syntax = error else {
        Issue.record("\(text) gave \(String(describing: error))")
        continue
      }
    }
    let (start, end) = (Timestamp(seconds: 2), Timestamp(seconds: 1))
    #expect(throws: BundleQueryError.endBeforeStart(start, end)) {
      try queries.answer(to: BundleQuestion("1", at: .range(from: start, to: end, step: nil)))
    }
  }
}
