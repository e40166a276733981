import LogQL
import PromQL
import Telemetry
import Testing

/// Expected values by hand from the definition of each function, over
///
///     t = 10 20 30 40 50 60 70 80 90 s    a: "n=1" … "n=9" (stream a), 1 line each
///     t = 20 40 60 80 s                   b: "n=10" … (stream b)
struct MetricQueryTests {
  private static func second(_ second: Int64) -> Timestamp { Timestamp(seconds: second) }

  private static let table: LogTable = {
    let streams = [
      LabelSet(["app": "a", "env": "dev"]), LabelSet(["app": "b", "env": "dev"]),
    ]
    var lines = (1...9).map { n in
      LogTable.Line(
        at: second(Int64(n) * 10), "n=\(n) d=\(n)s size=\(n)KB",
        metadata: LabelSet(["detected_level": n % 3 == 0 ? "error" : "info"]))
    }
    lines += (1...4).map { n in
      LogTable.Line(at: second(Int64(n) * 20), stream: 1, #"{"n":\#(n * 10),"ok":"yes"}"#)
    }
    return LogTable(streams: streams, lines: lines)
  }()

  /// The columns at 30, 60 and 90 s: `{labels}: v v v`, `-` for none.
  private func evaluated(
    _ text: String, grid: QueryGrid = QueryGrid(start: 30_000, step: 30_000, count: 3),
    limits: LogLimits = LogLimits()
  ) throws -> [String] {
    guard case .metric(let expression) = try LogQuery.parse(text) else {
      return ["no metric query"]
    }
    return try LogEngine(source: Self.table, limits: limits).columns(of: expression, over: grid)
      .map { column in
        let labels = column.labels.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        return "{\(labels)}: " + column.values.map(Self.shown).joined(separator: " ")
      }
  }

  private static func shown(_ value: Double) -> String {
    if value.isAbsent { return "-" }
    return value == value.rounded() ? "\(Int(value))" : "\((value * 1e6).rounded() / 1e6)"
  }

  @Test(
    "range aggregations see the lines of (t - range, t]",
    arguments: [
      // 30 s: 10 20 30; 60 s: 40 50 60; 90 s: 70 80 90.
      (#"sum(count_over_time({app="a"}[30s]))"#, ["{}: 3 3 3"]),
      (#"sum(count_over_time({app="a"}[31s]))"#, ["{}: 3 4 4"]),
      (#"sum(count_over_time({app="a"}[10s]))"#, ["{}: 1 1 1"]),
      (#"sum by (app) (count_over_time({env="dev"}[30s]))"#, ["{app=a}: 3 3 3", "{app=b}: 1 2 1"]),
      (#"count_over_time({app="b"}[30s])"#, ["{app=b,env=dev}: 1 2 1"]),
      (#"count_over_time({app="b"}[5s])"#, ["{app=b,env=dev}: - 1 -"]),
      (#"sum(rate({app="a"}[30s]))"#, ["{}: 0.1 0.1 0.1"]),
      (#"sum(bytes_over_time({app="a"}[30s]))"#, ["{}: 51 51 51"]),
      (#"sum(bytes_rate({app="a"}[30s]))"#, ["{}: 1.7 1.7 1.7"]),
      (#"sum(count_over_time({app="a"}[30s] offset 30s))"#, ["{}: - 3 3"]),
      (#"sum(count_over_time({app="a"}[30s] offset -30s))"#, ["{}: 3 3 -"]),
      (
        #"sum by (detected_level) (count_over_time({app="a"}[30s]))"#,
        ["{detected_level=error}: 1 1 1", "{detected_level=info}: 2 2 2"]
      ),
      (#"sum without (env) (count_over_time({app="b"}[30s]))"#, ["{app=b}: 1 2 1"]),
      (#"absent_over_time({app="a"}[30s])"#, []),
      (#"absent_over_time({app="b",env=~"d.*"} |= "40" [30s])"#, ["{app=b}: 1 1 -"]),
      (#"sum(count_over_time({app="nope"}[30s]))"#, []),
    ])
  func lines(_ query: String, _ expected: [String]) throws {
    #expect(try evaluated(query) == expected)
  }

  @Test(
    "unwrapped values are reduced range by range",
    arguments: [
      (#"sum_over_time({app="a"} | logfmt | unwrap n [30s]) "#, "6 15 24"),
      (#"avg_over_time({app="a"} | logfmt | unwrap n [30s]) by (app)"#, "2 5 8"),
      (#"min_over_time({app="a"} | logfmt | unwrap n [30s]) by (app)"#, "1 4 7"),
      (#"max_over_time({app="a"} | logfmt | unwrap n [30s]) by (app)"#, "3 6 9"),
      (#"first_over_time({app="a"} | logfmt | unwrap n [30s]) by (app)"#, "1 4 7"),
      (#"last_over_time({app="a"} | logfmt | unwrap n [30s]) by (app)"#, "3 6 9"),
      // The squares of -1, 0, 1, over 3.
      (
        #"stdvar_over_time({app="a"} | logfmt | unwrap n [30s]) by (app)"#,
        "0.666667 0.666667 0.666667"
      ),
      (
        #"stddev_over_time({app="a"} | logfmt | unwrap n [30s]) by (app)"#,
        "0.816497 0.816497 0.816497"
      ),
      (#"quantile_over_time(0.5, {app="a"} | logfmt | unwrap n [30s]) by (app)"#, "2 5 8"),
      (#"quantile_over_time(0.75, {app="a"} | logfmt | unwrap n [30s]) by (app)"#, "2.5 5.5 8.5"),
      (#"sum(rate({app="a"} | logfmt | unwrap n [30s]))"#, "0.2 0.5 0.8"),
      (#"sum(sum_over_time({app="a"} | logfmt | unwrap duration(d) [30s]))"#, "6 15 24"),
      (#"sum(sum_over_time({app="a"} | logfmt | unwrap bytes(size) [30s]))"#, "6000 15000 24000"),
      (#"sum(sum_over_time({app="b"} | json | unwrap n [30s]))"#, "10 50 40"),
      (#"sum(sum_over_time({app="b"} | json | ok="no" | unwrap n [30s]))"#, ""),
      (#"sum(sum_over_time({env="dev"} | json | __error__="" | unwrap n [60s]))"#, "10 60 90"),
    ])
  func unwrapped(_ query: String, _ expected: String) throws {
    let values = try evaluated(query).map { $0.split(separator: ": ").last ?? "" }
    if query.hasPrefix("sum_over_time") {
      // Without grouping, the other labels tell the entries apart.
      #expect(values.count == 9)
    } else {
      #expect(values == (expected.isEmpty ? [] : [Substring(expected)]))
    }
  }

  @Test(
    "vectors are aggregated and matched as in PromQL",
    arguments: [
      (
        #"sum(count_over_time({env="dev"}[30s])) by (app) / 2"#,
        ["{app=a}: 1.5 1.5 1.5", "{app=b}: 0.5 1 0.5"]
      ),
      (#"topk(1, sum by (app) (count_over_time({env="dev"}[30s])))"#, ["{app=a}: 3 3 3"]),
      (#"bottomk(1, sum by (app) (count_over_time({env="dev"}[30s])))"#, ["{app=b}: 1 2 1"]),
      (#"max(sum by (app) (count_over_time({env="dev"}[30s])))"#, ["{}: 3 3 3"]),
      (#"count(sum by (app) (count_over_time({env="dev"}[30s])))"#, ["{}: 2 2 2"]),
      (
        #"sum by (app) (count_over_time({env="dev"}[30s])) > 1"#,
        ["{app=a}: 3 3 3", "{app=b}: - 2 -"]
      ),
      (
        #"sum by (app) (count_over_time({env="dev"}[30s])) > bool 1"#,
        ["{app=a}: 1 1 1", "{app=b}: 0 1 0"]
      ),
      (
        #"sum by (env, app) (count_over_time({app="b"}[30s])) / on (env) group_left sum by (env) (count_over_time({env="dev"}[30s]))"#,
        ["{app=b,env=dev}: 0.25 0.4 0.25"]
      ),
      (#"sum(count_over_time({app="nope"}[30s])) or vector(0)"#, ["{}: 0 0 0"]),
      (#"sum(count_over_time({app="b"}[5s])) or vector(0)"#, ["{}: 0 1 0"]),
      (
        #"sum(count_over_time({app="a"}[30s])) and sum(count_over_time({app="b"}[5s]))"#,
        ["{}: - 3 -"]
      ),
      (
        #"sum(count_over_time({app="a"}[30s])) unless sum(count_over_time({app="b"}[5s]))"#,
        ["{}: 3 - 3"]
      ),
      (#"sum(count_over_time({app="a"}[30s])) / 0 > 0"#, []),
      (
        #"label_replace(sum by (app) (count_over_time({app="a"}[30s])), "svc", "x-$1", "app", "(.*)")"#,
        ["{app=a,svc=x-a}: 3 3 3"]
      ),
      (
        #"label_replace(sum by (app) (count_over_time({app="a"}[30s])), "svc", "x", "app", "b")"#,
        ["{app=a}: 3 3 3"]
      ),
      ("1 + 2 * 3", ["{}: 7 7 7"]),
    ])
  func vectors(_ query: String, _ expected: [String]) throws {
    #expect(try evaluated(query) == expected)
  }

  @Test("an instant query sorts by value where it is asked to")
  func sorting() throws {
    let grid = QueryGrid(start: 60_000, step: 0, count: 1)
    let counts = #"(sum by (app) (count_over_time({env="dev"}[30s])))"#
    #expect(try evaluated("sort" + counts, grid: grid) == ["{app=b}: 2", "{app=a}: 3"])
    #expect(try evaluated("sort_desc" + counts, grid: grid) == ["{app=a}: 3", "{app=b}: 2"])
  }

  @Test("ranges that overlap, and grids finer than lines, count every line at each of its steps")
  func overlappingRanges() throws {
    // Lines at 20, 40, 60, 80 s; (t - 25 s, t] for every second from 0 to 100.
    let grid = QueryGrid(start: 0, step: 1000, count: 101)
    let query = try LogQuery.parse(#"sum(count_over_time({app="b"}[25s]))"#)
    guard case .metric(let expression) = query else { return }
    let columns = try LogEngine(source: Self.table).columns(of: expression, over: grid)
    let values = try #require(columns.first?.values)
    for second in 0...100 {
      let count = [20, 40, 60, 80].filter { $0 > second - 25 && $0 <= second }.count
      #expect(count == 0 ? values[second].isAbsent : values[second] == Double(count), "\(second) s")
    }
  }

  @Test("an entry that fails in a stage fails the query unless the query sorts it out")
  func failures() throws {
    let error = #expect(throws: LogQueryError.self) {
      try evaluated(#"count_over_time({env="dev"} | json [30s])"#)
    }
    #expect(error?.description.contains("pipeline error: 'JSONParserErr' for series") == true)
    #expect(error?.description.contains(#"| __error__="""#) == true)
    #expect(
      try evaluated(#"sum by (app) (count_over_time({env="dev"} | json | __error__="" [30s]))"#)
        == ["{app=b}: 1 2 1"])
    // Nothing of the line is wanted, so it is not parsed, as in Loki.
    #expect(try evaluated(#"sum(count_over_time({env="dev"} | json [30s]))"#) == ["{}: 4 5 4"])
    #expect(throws: LogQueryError.self) {
      try evaluated(#"sum(sum_over_time({app="a"} | logfmt | unwrap d [30s]))"#)
    }
    #expect(
      try evaluated(#"sum(sum_over_time({app="a"} | logfmt | unwrap d | __error__="" [30s]))"#)
        == [])
  }

  @Test("what a query may cost is limited, and the error says by what")
  func budgets() throws {
    var few = LogLimits()
    few.series = 1
    #expect(throws: LogQueryError.budget(what: "series", limit: 1)) {
      try evaluated(#"count_over_time({env="dev"}[30s])"#, limits: few)
    }
    few = LogLimits()
    few.values = 5
    #expect(throws: LogQueryError.budget(what: "unwrapped values", limit: 5)) {
      try evaluated(#"sum(sum_over_time({app="a"} | logfmt | unwrap n [30s]))"#, limits: few)
    }
    few = LogLimits()
    few.visits = 5
    #expect(throws: LogQueryError.self) {
      try evaluated(#"avg_over_time({app="a"} | logfmt | unwrap n [30s]) by (app)"#, limits: few)
    }
    #expect(throws: LogQueryError.budget(what: "steps", limit: 100_000)) {
      try evaluated("vector(1)", grid: QueryGrid(start: 0, step: 1, count: 100_001))
    }
    #expect(throws: LogQueryError.self) {
      try evaluated(
        #"sum(count_over_time({app="a"}[30s]))"#,
        grid: QueryGrid(start: .max / 2, step: 0, count: 1))
    }
  }
}
