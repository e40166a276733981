import LogQL
import PromQL
import Queries
import Telemetry
import Testing

struct BundleLogQueriesTests {
  private func answer(
    _ text: String, _ times: BundleQuestion.Times? = nil, limit: Int = 100,
    direction: LogEngine.Direction = .backward, of bundle: LogBundle? = nil
  ) throws -> LogAnswer {
    try BundleLogQueries(try (bundle ?? LogBundle()).reader()).answer(
      to: LogQuestion(text, at: times, limit: limit, direction: direction))
  }

  private func lines(_ answer: LogAnswer) -> [String] {
    guard case .lines(let lines) = answer.value else { return [] }
    return lines.lines.map { String(decoding: $0.line, as: UTF8.self) }
  }

  private func columns(_ answer: LogAnswer) -> [Column] {
    guard case .metrics(let metrics) = answer.value,
      case .vector(let columns) = metrics.result.value
    else { return [] }
    return columns
  }

  @Test("the latest lines come first, over all parts, with their metadata as labels")
  func latestLines() throws {
    let answer = try answer(#"{app="api"}"#, limit: 6)
    #expect(
      lines(answer) == ["n=9 call", "n=8 call", "n=7 call", "n=6 call", "n=5 call", "n=4 call"])
    guard case .lines(let found) = answer.value else { return }
    #expect(found.lines.first?.labels == LabelSet(["app": "api", "detected_level": "error"]))
    #expect(answer.warnings.isEmpty)
  }

  @Test("quotes and control characters of lines come out as they went in")
  func escapes() throws {
    let found = lines(try answer(#"{app="db"}"#, limit: 1, direction: .forward))
    #expect(found == ["n=0 \"quoted\"\ttab"])
  }

  @Test("a metric query has its steps at multiples of the step, as Loki has them")
  func alignedSteps() throws {
    // 1005 to 1085 every 30 s: 990, 1020, 1050, 1080, 1110.
    let answer = try answer(
      #"sum by (app) (count_over_time({app=~".+"}[30s]))"#,
      .range(from: Timestamp(seconds: 1005), to: Timestamp(seconds: 1085), step: .seconds(30)))
    #expect(answer.times == .grid(QueryGrid(start: 990_000, step: 30_000, count: 5)))
    let values = columns(answer).map(\.values)
    #expect(values.count == 2)
    // (960, 990]: none; (990, 1020]: 1000 1010 1020; …; (1080, 1110]: 1090.
    #expect(values.allSatisfy { $0[0].isAbsent && Array($0[1...]) == [3, 3, 3, 1] })
  }

  @Test("an instant query has the value at its instant")
  func instant() throws {
    let answer = try answer(
      #"sum by (detected_level) (count_over_time({app="api"}[1m]))"#,
      .instant(Timestamp(seconds: 1090)))
    // 1040 … 1090: 4 5 6 7 8 9.
    #expect(columns(answer).map { $0.labels["detected_level"] } == ["error", "info"])
    #expect(columns(answer).map(\.values) == [[3], [3]])
  }

  @Test("a selector that no stream satisfies is told with the values there are")
  func unmatched() throws {
    let warnings = try answer(#"{app="apy"}"#).warnings
    #expect(
      warnings.first?.contains(#"no log stream satisfies app="apy": values are api, db"#) == true)
    let other = try answer(#"{app=~".+", job="x"}"#).warnings
    #expect(other.first?.contains("no stream has that label; labels are app") == true)
  }

  @Test("a time outside of the window and redacted values are told")
  func scope() throws {
    let outside = try answer(
      #"{app="api"}"#, .range(from: Timestamp(seconds: 0), to: nil, step: nil))
    #expect(outside.warnings.first?.contains("the bundle's window is") == true)
    #expect(
      try answer(#"{app="api"}"#, of: LogBundle(redacted: 3)).infos.first?.contains("3 values")
        == true)
  }

  @Test("a damaged part is left out as a whole, and told")
  func damage() throws {
    let bundle = try LogBundle()
    try bundle.damageFirstPart()
    let answer = try answer(#"{app="api"}"#, of: bundle)
    #expect(lines(answer) == ["n=9 call", "n=8 call", "n=7 call", "n=6 call", "n=5 call"])
    #expect(answer.damages.map(\.subject) == ["logs/part-000000.jsonl"])
    #expect(answer.warnings.first?.contains("logs/part-000000.jsonl") == true)
    let counted = try self.answer(
      #"sum(count_over_time({app="api"}[100s]))"#, .instant(Timestamp(seconds: 1100)), of: bundle)
    #expect(columns(counted).map(\.values) == [[5]])
  }

  @Test("lines at an instant, and a range that ends before it begins, are errors")
  func refusals() throws {
    #expect(throws: LogQuestionError.linesAtInstant) {
      try answer(#"{app="api"}"#, .instant(Timestamp(seconds: 1090)))
    }
    #expect(throws: LogQuestionError.self) {
      try answer(
        #"{app="api"}"#,
        .range(from: Timestamp(seconds: 1090), to: Timestamp(seconds: 1080), step: nil))
    }
    #expect(throws: LogQuestionError.self) { try answer(#"{app="api"} | json | x >"#) }
  }
}
