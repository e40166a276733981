import BundleStore
import Canonical
import Telemetry
import Testing

@testable import Collection

@Suite struct MetricImportTests {
  @Test func `a plain selector becomes a canonical matrix with the server's own values`() throws {
    let imported = try Imported([
      "queries.json": table("a.json", "up", 100, 130, 15),
      "a.json": Body.matrix(
        #"{"metric":{"__name__":"up","pod":"b"},"values":[[100,"1"],[115.004,"1e-07"]]}"#,
        #"{"metric":{"pod":"a","__name__":"up"},"values":[[130,"NaN"]]}"#),
    ])
    #expect(
      imported.text("metrics/0001-up.json")
        == """
        {"status":"success","data":{"resultType":"matrix","result":[
        {"metric":{"__name__":"up","pod":"a"},"values":[[130,"NaN"]]},
        {"metric":{"__name__":"up","pod":"b"},"values":[[100,"1"],[115.004,"1e-07"]]}
        ]}}

        """)
    let entry = try #require(imported.entries["metrics/0001-up.json"])
    #expect(entry.role == .metricGrid)
    #expect(entry.records == 3)
    #expect(entry.query?.step == .seconds(15))
    #expect(entry.lastTime == Timestamp(seconds: 130))
    #expect(imported.outcome("a.json") == .used)
    #expect(imported.outcome("queries.json") == .used)
    #expect(imported.export.volume.series == 2)
  }

  @Test func `chunks of one range become one entry and overlaps count once`() throws {
    let imported = try Imported([
      "queries.json": table(
        ("p1.json", "up", 100, 130, 15), ("p2.json", "up", 130, 160, 15)),
      "p2.json": Body.matrix(series("up", "a", "[130,\"3\"],[145,\"4\"]")),
      "p1.json": Body.matrix(series("up", "a", "[100,\"1\"],[115,\"2\"],[130,\"3\"]")),
    ])
    #expect(
      imported.items("metrics/0001-up.json") == [
        #"{"metric":{"__name__":"up","pod":"a"},"values":[[100,"1"],[115,"2"],[130,"3"],[145,"4"]]}"#
      ])
    #expect(imported.entries["metrics/0001-up.json"]?.query?.end == Timestamp(seconds: 160))
    #expect(imported.gaps(.countMismatch).isEmpty)
  }

  @Test func `a conflict between two answers keeps the first and is a gap`() throws {
    let imported = try Imported([
      "queries.json": table(
        ("p1.json", "up", 100, 130, 15), ("p2.json", "up", 130, 160, 15)),
      "p1.json": Body.matrix(series("up", "a", "[100,\"1\"],[130,\"3\"]")),
      "p2.json": Body.matrix(series("up", "a", "[130,\"9\"]")),
    ])
    #expect(imported.text("metrics/0001-up.json").contains(#"[130,"3"]"#))
    #expect(imported.gaps(.countMismatch).map(\.losesEvidence) == [true])
  }

  @Test func `an expression is a recorded answer and a vector stays one`() throws {
    let imported = try Imported([
      "queries.json": """
      {"a.json":{"api":"/api/v1/query_range","query":"up","start":100,"end":130,"step":15},
       "r.json":{"api":"/api/v1/query_range","query":"rate(up[5m])","start":100,"end":130,"step":15},
       "v.json":{"api":"/api/v1/query","query":"up == 0","time":130}}
      """,
      "a.json": Body.matrix(series("up", "a", "[100,\"1\"]")),
      "r.json": Body.matrix(series("x", "a", "[100,\"0.5\"]")),
      "v.json": Body.vector(#"{"metric":{"__name__":"up","pod":"a"},"value":[130,"0"]}"#),
    ])
    #expect(imported.outcome("r.json") == .recordedAnswer)
    #expect(imported.outcome("v.json") == .recordedAnswer)
    #expect(imported.text("answers/0002-up-0.json").contains(#""value":[130,"0"]"#))
    #expect(imported.entries["answers/0001-rate-up-5m.json"]?.role == .recordedAnswer)
    #expect(imported.export.volume.answers == 2)
  }

  @Test func `a selector with matchers never doubles a metric that is fully there`() throws {
    let imported = try Imported([
      "queries.json": table(
        ("part.json", "up{pod=\"a\"}", 100, 130, 15), ("all.json", "up", 100, 130, 15)),
      "part.json": Body.matrix(series("up", "a", "[100,\"1\"]")),
      "all.json": Body.matrix(
        series("up", "a", "[100,\"1\"]"), series("up", "b", "[100,\"1\"]")),
    ])
    #expect(imported.outcome("part.json") == .recordedAnswer)
    #expect(imported.outcome("all.json") == .used)
    #expect(imported.export.volume.series == 2)
  }

  @Test func `selectors that overlap in one series all stay raw`() throws {
    let imported = try Imported([
      "queries.json": table(
        ("b.json", "up{job=~\"x|y\"}", 100, 160, 15), ("c.json", "up{pod=~\"b|c\"}", 100, 130, 15)),
      "b.json": Body.matrix(
        series("up", "a", "[100,\"1\"],[160,\"1\"]"), series("up", "b", "[100,\"1\"],[160,\"1\"]")),
      "c.json": Body.matrix(series("up", "b", "[100,\"1\"]"), series("up", "c", "[100,\"1\"]")),
    ])
    #expect(imported.outcome("b.json") == .used)
    #expect(imported.outcome("c.json") == .used)
  }

  @Test func `a selector with matchers is raw when it is the only source`() throws {
    let imported = try Imported([
      "queries.json": table("a.json", "ALERTS{alertstate=~\".+\"}", 100, 130, 15),
      "a.json": Body.matrix(series("ALERTS", "a", "[100,\"1\"]")),
    ])
    #expect(imported.paths == ["metrics/0001-alerts-alertstate.json"])
    #expect(imported.outcome("a.json") == .used)
  }

  @Test func `a range selector keeps sample times`() throws {
    let imported = try Imported([
      "queries.json": #"{"a.json":{"api":"/api/v1/query","query":"up[1m]","time":160}}"#,
      "a.json": Body.matrix(series("up", "a", "[100.013,\"1\"],[115.011,\"1\"]")),
    ])
    let entry = try #require(imported.entries["metrics/0001-up-1m.json"])
    #expect(entry.role == .metricSamples)
    #expect(imported.text(entry.path).contains(#"[[100.013,"1"],[115.011,"1"]]"#))
  }

  @Test func `without a table one common name tells raw data from answers`() throws {
    let imported = try Imported([
      "raw.json": Body.matrix(series("up", "a", "[100,\"1\"],[115,\"1\"],[145,\"1\"]")),
      "derived.json": Body.matrix(#"{"metric":{"pod":"a"},"values":[[100,"1"]]}"#),
    ])
    #expect(imported.outcome("raw.json") == .used)
    #expect(imported.outcome("derived.json") == .recordedAnswer)
    let entry = try #require(imported.entries["metrics/0001-up.json"])
    #expect(entry.role == .metricGrid)
    #expect(entry.query?.expression == "up")
    #expect(entry.query?.step == .seconds(15))
  }

  @Test func `samples at the very end belong to the window and later ones are counted`() throws {
    let imported = try Imported(
      ["a.json": Body.matrix(series("up", "a", "[100,\"1\"],[115,\"2\"],[130,\"3\"]"))],
      window: window(110, 115))
    #expect(imported.text("metrics/0001-up.json").contains(#""values":[[115,"2"]]"#))
    let gap = try #require(imported.gaps(.outsideWindow).first)
    #expect(gap.detail.hasPrefix("2 samples"))
    #expect(!gap.losesEvidence)
  }

  @Test func `native histograms are kept as the server wrote them`() throws {
    let histogram = #"{"count":"2","sum":"3","buckets":[[0,"1","2","2"]]}"#
    let imported = try Imported([
      "a.json": Body.matrix(
        "{\"metric\":{\"__name__\":\"h\"},\"histograms\":[[100,\(histogram)]]}")
    ])
    #expect(imported.text("metrics/0001-h.json").contains("\"histograms\":[[100,\(histogram)]]"))
  }

  @Test func `a file of the table that was not handed in is a gap`() throws {
    let imported = try Imported([
      "queries.json": table(
        ("a.json", "up", 100, 130, 15), ("gone.json", "down", 100, 130, 15)),
      "a.json": Body.matrix(series("up", "a", "[100,\"1\"]")),
    ])
    #expect(imported.gaps(.missingFile).map(\.subject) == ["gone.json"])
  }

  @Test(
    arguments: [
      (0, "0"), (1_795_387_625_004_000_000, "1795387625.004"), (-1_500_000_000, "-1.5"),
      (1_000_000_001, "1.000000001"), (10_000_000_000, "10"),
    ] as [(Int64, String)])
  func `a time is written as seconds without losing a digit`(nanoseconds: Int64, text: String) {
    var output: [UInt8] = []
    Canonical.appendUnixSeconds(nanoseconds: nanoseconds, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == text)
  }

  private func series(_ name: String, _ pod: String, _ values: String) -> String {
    "{\"metric\":{\"__name__\":\"\(name)\",\"pod\":\"\(pod)\"},\"values\":[\(values)]}"
  }

  private func table(
    _ path: String, _ query: String, _ start: Int, _ end: Int, _ step: Int
  )
    -> String
  {
    table((path, query, start, end, step))
  }

  private func table(_ rows: (String, String, Int, Int, Int)...) -> String {
    let entries = rows.map { path, query, start, end, step in
      let escaped = query.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\\\"")
      return "\"\(path)\":{\"api\":\"/api/v1/query_range\",\"query\":\"\(escaped)\","
        + "\"start\":\(start),\"end\":\(end),\"step\":\(step)}"
    }
    return "{\(entries.joined(separator: ","))}"
  }
}
