import Telemetry
import Testing

@testable import PromQL

@Suite("Evaluation of whole queries")
struct EvaluationTests {
  /// A sample every 10 s from the epoch, one series stale from 40 s on.
  private static let table = SeriesTable([
    samples(["__name__": "load", "node": "a"], [1, 2, 3, 4, 5, 6, 7]),
    samples(["__name__": "load", "node": "b"], [10, 20, nil, 40, .absent, nil, nil]),
    samples(["__name__": "limit", "node": "a"], [5, 5, 5, 5, 5, 5, 5]),
  ])

  private static func samples(
    _ labels: KeyValuePairs<String, String>, _ values: [Double?]
  ) -> SampleColumn {
    let kept = values.indices.filter { values[$0] != nil }
    return SampleColumn(
      labels: LabelSet(labels), times: kept.map { Int64($0) * 10_000 },
      values: kept.compactMap { values[$0] })
  }

  private func result(
    _ text: String, from: Int64 = 0, to: Int64 = 60, step: Int64 = 20,
    _ change: (inout QueryOptions) -> Void = { _ in }
  ) throws -> QueryResult {
    var options = QueryOptions()
    options.lookback = .seconds(15)
    change(&options)
    let grid = QueryGrid(
      from: Timestamp(seconds: from), to: Timestamp(seconds: to), step: .seconds(step))
    return try QueryEngine(source: Self.table, options: options)
      .result(of: Expression.parse(text), over: grid)
  }

  private func instant(_ text: String, at seconds: Int64) throws -> QueryResult {
    try QueryEngine(source: Self.table)
      .result(of: Expression.parse(text), at: Timestamp(seconds: seconds))
  }

  // Steps at 0, 20, 40 and 60 s, by hand from the table.
  @Test(
    "A query gives one value a step",
    arguments: [
      (#"load{node="a"}"#, #"{__name__="load", node="a"}"#, [1, 3, 5, 7]),
      (#"load{node="b"}"#, #"{__name__="load", node="b"}"#, [10, 20, nil, nil]),
      (#"load{node="b"} offset -10s"#, #"{__name__="load", node="b"}"#, [20, 40, nil, nil]),
      (#"load{node="a"} @ 30"#, #"{__name__="load", node="a"}"#, [4, 4, 4, 4]),
      (#"load{node="a"} @ end()"#, #"{__name__="load", node="a"}"#, [7, 7, 7, 7]),
      (#"load{node="a"} @ start() offset -10s"#, #"{__name__="load", node="a"}"#, [2, 2, 2, 2]),
      (#"timestamp(load{node="b"})"#, #"{node="b"}"#, [0, 10, nil, nil]),
      (#"sum_over_time(load{node="a"}[20s])"#, #"{node="a"}"#, [1, 5, 9, 13]),
      (#"sum_over_time(load{node="a"}[20s] @ 40)"#, #"{node="a"}"#, [9, 9, 9, 9]),
      ("sum_over_time(sum(load)[20s:10s])", "{}", [11, 45, 49, 13]),
      ("sum_over_time(vector(1)[1m:30s] @ 60)", "{}", [2, 2, 2, 2]),
      (#"-load{node="a"}"#, #"{node="a"}"#, [-1, -3, -5, -7]),
      (#"2 ^ load{node="a"}"#, #"{node="a"}"#, [2, 8, 32, 128]),
      (#"3 < load{node="a"}"#, #"{__name__="load", node="a"}"#, [nil, nil, 5, 7]),
      ("load / on(node) limit", #"{node="a"}"#, [0.2, 0.6, 1, 1.4]),
      ("sum by (node) (load)", #"{node="b"}"#, [10, 20, nil, nil]),
      ("topk(1, load)", #"{__name__="load", node="a"}"#, [nil, nil, 5, 7]),
    ] as [(String, String, [Double?])])
  func ranges(_ text: String, _ labels: String, _ expected: [Double?]) throws {
    guard case .vector(let columns) = try result(text).value else {
      Issue.record("not a vector")
      return
    }
    #expect(written(columns)[labels] == expected)
  }

  @Test("On the left a lookback is open in Prometheus 3 and closed in Prometheus 2")
  func lookback() throws {
    for (boundary, count) in [(RangeBoundary.leftOpen, 1), (.leftClosed, 2)] {
      let result = try self.result("load", from: 40, to: 40) {
        $0.lookback = .seconds(10)
        $0.rangeBoundary = boundary
      }
      guard case .vector(let columns) = result.value else { continue }
      // The stale marker of b is seen in both; at 40 s only a is there.
      #expect(columns.count == 1)
      let ended = try self.result("limit", from: 70, to: 70) {
        $0.lookback = .seconds(10)
        $0.rangeBoundary = boundary
      }
      guard case .vector(let found) = ended.value else { continue }
      #expect(found.count == count - 1)
    }
  }

  @Test("An instant query of a range gives its samples, without stale markers")
  func matrix() throws {
    guard case .matrix(let series) = try instant(#"load{node="b"}[1m]"#, at: 40).value else {
      Issue.record("not a matrix")
      return
    }
    #expect(series.map(\.times) == [[0, 10_000, 30_000]])
    #expect(series.map(\.values) == [[10, 20, 40]])
  }

  @Test(
    "An instant result is in the order of labels unless the query orders it",
    arguments: [
      (#"{node="a"} or load"#, ["limit", "load", "load"]),
      ("topk(3, {node=~\".\"})", ["load", "limit", "load"]),
    ])
  func order(_ text: String, _ expected: [String]) throws {
    guard case .vector(let columns) = try instant(text, at: 10).value else {
      Issue.record("not a vector")
      return
    }
    #expect(columns.map { $0.labels.metricName ?? "" } == expected)
  }

  @Test(
    "What cannot be answered is an error in Prometheus's words, or names the limit",
    arguments: [
      (
        "load[1m]",
        "invalid expression type \"range vector\" for range query, must be Scalar or instant Vector"
      ),
      (
        "\"text\"",
        "invalid expression type \"string\" for range query, must be Scalar or instant Vector"
      ),
      ("topk(NaN, load)", "Parameter value is NaN"),
      ("limitk(1e30, load)", "Scalar value 1e+30 overflows int64"),
      ("count_values(\"\", load)", "invalid label name \"\""),
      (
        "sum_over_time(load[1h:1ms])",
        "the query needs more than 100000 steps: narrow its range or selectors, or widen its step"
      ),
      (
        "load * on() limit",
        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
      ),
      (
        "deriv(load[1m] smoothed)",
        "smoothed modifier can only be used with: delta, increase, rate - not with deriv"
      ),
    ])
  func errors(_ text: String, _ message: String) {
    let error = #expect(throws: QueryError.self) { _ = try result(text) }
    #expect(error?.description == message)
  }

  @Test("Limits are checked before anything is held")
  func budgets() {
    let cases: [(String, (inout QueryLimits) -> Void, String)] = [
      ("vector(1)", { $0.steps = 3 }, "steps"),
      ("load", { $0.samples = 7 }, "samples and values held at a time"),
      ("sum_over_time(load[1m])", { $0.visits = 10 }, "samples read in its ranges"),
      ("load", { $0.points = 7 }, "values in the result"),
    ]
    for (text, limit, what) in cases {
      let error = #expect(throws: QueryError.self) {
        _ = try result(text) { limit(&$0.limits) }
      }
      #expect(error?.description.contains(what) == true)
    }
  }

  @Test("Delayed, names are dropped at the very end, and equal labels are refused only there")
  func delayedNames() throws {
    let both = #"{node="a"} * 2"#
    #expect(throws: QueryError.self) { _ = try self.result(both, from: 20, to: 20) }
    let chosen = #"-{node="a"} and on(__name__) limit"#
    let result = try self.result(chosen, from: 20, to: 20) { $0.delaysNameRemoval = true }
    guard case .vector(let columns) = result.value else {
      Issue.record("not a vector")
      return
    }
    #expect(written(columns) == [#"{node="a"}"#: [-5]])
  }
}
