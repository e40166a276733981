import Telemetry
import Testing

@testable import PromQL

@Suite("Functions of classic histograms")
struct FunctionsHistogramTests {
  private static func buckets(_ counts: [(String, Double)]) -> Operand {
    .instant(counts.map { (["__name__": "d_bucket", "job": "a", "le": $0.0], $0.1) })
  }

  // functions.test's testhistogram: 5 up to 0.1, 7 up to 0.2, 11 up to 1, 12 in all.
  private static let usual: [(String, Double)] = [
    ("0.1", 5), ("0.2", 7), ("1e0", 11), ("+Inf", 12),
  ]

  @Test(
    "spread observations evenly over a bucket",
    arguments: [
      // Rank 6 lies half-way through the bucket (0.1, 0.2], which holds two.
      (0.5, usual, 0.15),
      // Rank 3 of 5 from 0 to 0.1.
      (0.25, usual, 0.06),
      // The last bucket has no upper end.
      (1, usual, 1), (0, usual, 0), (-1, usual, -.infinity), (2, usual, .infinity),
      (.nan, usual, .nan),
      // The lowest bound is not positive.
      (0.1, [("-1", 5), ("1", 10), ("+Inf", 10)], -1),
      // Without +Inf, with it alone, without observations.
      (0.5, [("1", 5)], .nan), (0.5, [("+Inf", 5)], .nan), (0.5, [("1", 0), ("+Inf", 0)], .nan),
      // Two spellings of one bound are one bucket: 4 up to 1, 8 in all.
      (0.25, [("1", 2), ("1.0", 2), ("+Inf", 8)], 0.5),
      // Rounding does not count as a fall.
      (0.5, [("1", 10), ("2", 10 - 1e-12), ("+Inf", 10)], 0.5),
    ] as [(Double, [(String, Double)], Double)])
  func spreadEvenly(q: Double, counts: [(String, Double)], expected: Double) throws {
    var quantile = Called("histogram_quantile")
    let columns = try quantile(.scalar([q]), Self.buckets(counts)).columns
    #expect(columns.map(\.labels) == [LabelSet(["job": "a"])])
    #expect(expected.isClose(to: columns[0].values[0]), "\(columns[0].values)")
    #expect(quantile.context.annotations.infos == [])
    #expect(quantile.context.annotations.warnings.isEmpty == (0...1).contains(q))
  }

  @Test("raise counts that fall, and say which")
  func raiseCounts() throws {
    var quantile = Called(
      "histogram_quantile", grid: QueryGrid(start: 60_000, step: 60_000, count: 2))
    let columns = [("0.1", 2.0, 2.0), ("1", 1, 2), ("10", 5, 5), ("100", 4, 4.5), ("+Inf", 8, 8)]
      .map { bound, first, second in
        Column(labels: LabelSet(["le": bound]), values: [first, second])
      }
    // Repaired: 2 2 5 5 8 at both steps; rank 4 lies 2/3 through (1, 10].
    let result = try quantile(.scalar([0.5, 0.5]), .vector(columns))
    #expect(result.columns[0].values == [7, 7])
    #expect(
      quantile.context.annotations.infos == [
        "PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see"
          + " https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)"
          + ", from buckets 1 to 100, with a max diff of 1, over 2 samples"
          + " from 1970-01-01T00:01:00Z to 1970-01-01T00:02:00Z (1:1)"
      ])
  }

  @Test("warn about series that are no buckets", arguments: ["", "many", "NaN"])
  func warnOfBounds(bound: String) throws {
    var quantile = Called("histogram_quantile")
    let result = try quantile(.scalar([0.5]), Self.buckets([(bound, 1)]))
    #expect(result.columns.isEmpty)
    #expect(
      quantile.context.annotations.warnings == [
        "PromQL warning: bucket label \"le\" is missing or has a malformed value of \"\(bound)\""
          + " for metric name \"d_bucket\" (1:1)"
      ])
  }

  @Test(
    "find the share of observations between two bounds",
    arguments: [
      // 2 of 12 between 0.1 and 0.2; half of that bucket; half of the first one.
      (0.1, 0.2, 2.0 / 12), (0.1, 0.15, 1.0 / 12), (0, 0.05, 2.5 / 12),
      (-.infinity, .infinity, 1), (-.infinity, 0.2, 7.0 / 12), (1, .infinity, 1.0 / 12),
      (2, 3, 0), (0.2, 0.1, 0), (.nan, 1, .nan),
    ] as [(Double, Double, Double)])
  func findShare(lower: Double, upper: Double, expected: Double) throws {
    var fraction = Called("histogram_fraction")
    let result = try fraction(.scalar([lower]), .scalar([upper]), Self.buckets(Self.usual))
    #expect(expected.isClose(to: result.columns[0].values[0]))
  }

  @Test("give several quantiles, each under its own label")
  func giveSeveral() throws {
    var quantiles = Called("histogram_quantiles")
    let result = try quantiles(
      Self.buckets(Self.usual), .string("q"), .scalar([0.5]), .scalar([1]))
    #expect(
      result.lines == [#"{job="a", q="0.5"} 0.15000000000000002"#, #"{job="a", q="1.0"} 1"#])
  }

  @Test("keep the name when names are dropped in the end, and histograms of two names apart")
  func keepNames() throws {
    var quantile = Called("histogram_quantile", delaysNameRemoval: true)
    let result = try quantile(.scalar([0.5]), Self.buckets(Self.usual)).columns
    #expect(result[0].labels == LabelSet(["__name__": "d_bucket", "job": "a"]))
    #expect(result[0].dropsName)
  }

  @Test("have no value for native histograms' figures of plain samples")
  func nativeFigures() throws {
    for name in ["avg", "count", "stddev", "stdvar", "sum"] {
      var called = Called("histogram_" + name)
      #expect(try called(.series([:], 1)).columns.isEmpty)
    }
  }
}
