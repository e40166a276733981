import Telemetry
import Testing

@testable import PromQL

@Suite("Queries that ask for too much")
struct EvaluationHostileTests {
  /// 40 series of one job, each with a sample a minute for two hours.
  private static let table = SeriesTable(
    (0..<40).map { pod in
      SampleColumn(
        labels: LabelSet(["__name__": "m", "job": "a", "pod": "\(pod)"]),
        times: (0..<120).map { Int64($0) * 60_000 }, values: (0..<120).map { Double($0 + pod) })
    })

  private func result(
    _ text: String, steps: Int = 121, _ change: (inout QueryLimits) -> Void = { _ in }
  ) throws -> QueryResult {
    var options = QueryOptions()
    options.limits.visits = 1_000_000
    change(&options.limits)
    return try QueryEngine(source: Self.table, options: options).result(
      of: Expression.parse(text), over: QueryGrid(start: 0, step: 60_000, count: steps))
  }

  @Test(
    "Each is refused with a sentence that names the limit or the mistake",
    arguments: [
      ("m[10y:1ms]", "invalid expression type"),
      ("sum_over_time(m[10y:1ms])", "needs more than 100000 steps"),
      ("max_over_time(max_over_time(m[69d:1m])[69d:1m])", "needs more than 100000 steps"),
      ("sum_over_time(vector(1)[30d:1m])", "needs more than 1000000 samples read"),
      ("m * on(job) m", "found duplicate series for the match group {job=\"a\"}"),
      ("m * on(job) group_left m", "found duplicate series for the match group {job=\"a\"}"),
      ("label_replace(m, \"pod\", \"\", \"\", \"\")", "the same labelset"),
    ])
  func refusals(_ text: String, _ message: String) {
    let error = #expect(throws: (any Error).self) { try result(text) }
    #expect(error.map { "\($0)".contains(message) } == true)
  }

  @Test(
    "Each has an answer, however strange",
    arguments: ["m offset 290y", "m offset -290y", "rate(m[290y])", "topk(1e18, m)", "m ^ 1e300"])
  func answers(_ text: String) throws {
    _ = try result(text)
  }

  @Test("Handing over from series to series makes no explosion of pairs")
  func pairs() throws {
    let relay = (0..<100).map { index in
      column(["i": "\(index)", "j": "a"], (0..<100).map { $0 == index ? 1 : nil })
    }
    var limits = QueryLimits()
    limits.visits = 100 * 100 * 50
    let algebra = VectorAlgebra(
      over: QueryGrid(start: 0, step: 1, count: 100), limits: limits)
    let plain = VectorMatching(cardinality: .manyToOne, isOn: true, labels: ["j"])
    let products = try algebra.joined(relay, .multiply, relay, matching: plain, returnsBool: false)
    #expect(products.count == 100)
    var taking = plain
    taking.included = ["i"]
    #expect(throws: QueryError.budget(what: "pairs of samples", limit: 500_000)) {
      try algebra.joined(relay, .multiply, relay, matching: taking, returnsBool: false)
    }
  }

  @Test("More steps than allowed are refused before anything is read")
  func steps() {
    #expect(throws: QueryError.budget(what: "steps", limit: 100_000)) {
      try result("m", steps: 100_001)
    }
  }

  @Test("More values than allowed in a result are refused")
  func points() throws {
    _ = try result("m + 1") { $0.points = 40 * 121 }
    #expect(throws: QueryError.budget(what: "values in the result", limit: 4_839)) {
      try result("m + 1") { $0.points = 40 * 121 - 1 }
    }
  }

  @Test("The deepest nesting that can be read can be evaluated")
  func depth() throws {
    let deepest = (1...200).reversed().lazy.compactMap { depth -> Expression? in
      let text = String(repeating: "-(", count: depth) + "m" + String(repeating: ")", count: depth)
      return try? Expression.parse(text)
    }.first
    let engine = QueryEngine(source: Self.table)
    _ = try engine.result(
      of: #require(deepest), over: QueryGrid(start: 0, step: 60_000, count: 3))
  }
}
