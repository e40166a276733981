import Telemetry
import Testing

@testable import PromQL

@Suite("Aggregations of vectors")
struct EvaluationAggregationTests {
  private let vector = [
    column(["__name__": "m", "job": "a", "pod": "1"], [1, 10, nil]),
    column(["__name__": "m", "job": "a", "pod": "2"], [3, nil, nil]),
    column(["__name__": "m", "job": "b", "pod": "3"], [5, 7, 9]),
  ]

  @Test(
    "Each operator reduces a group to one value a step",
    arguments: [
      (.sum, [4, 10, nil]), (.avg, [2, 10, nil]), (.count, [2, 1, nil]), (.min, [1, 10, nil]),
      (.max, [3, 10, nil]), (.group, [1, 1, nil]), (.stdvar, [1, 0, nil]), (.stddev, [1, 0, nil]),
    ] as [(AggregationOperator, [Double?])])
  func operators(_ op: AggregationOperator, _ expected: [Double?]) throws {
    let results = try algebra(steps: 3).aggregated(vector, op, by: ["job"])
    #expect(written(results)[#"{job="a"}"#] == expected)
    #expect(results.count == 2)
  }

  @Test("Without drops the named labels and the metric's name")
  func without() throws {
    let results = try algebra(steps: 3).aggregated(vector, .sum, by: ["pod"], isWithout: true)
    #expect(written(results) == [#"{job="a"}"#: [4, 10, nil], #"{job="b"}"#: [5, 7, 9]])
  }

  @Test("topk chooses anew at each step and keeps whole label sets")
  func topk() throws {
    let results = try algebra(steps: 3).aggregated(vector, .topk, parameter: [1, 1, 2])
    #expect(
      written(results) == [
        #"{__name__="m", job="a", pod="1"}"#: [nil, 10, nil],
        #"{__name__="m", job="b", pod="3"}"#: [5, nil, 9],
      ])
  }

  @Test("A mean whose sum would overflow is still the mean")
  func largeMean() throws {
    let large = (1...2).map { column(["i": "\($0)"], [0x1p1023]) }
    let results = try algebra(steps: 1).aggregated(large, .avg)
    #expect(written(results) == ["{}": [0x1p1023]])
  }

  @Test("count_values counts series by value, written in plain digits")
  func valueCounts() throws {
    let versions = [
      column(["job": "a", "v": "x"], [1e21, 6]), column(["job": "b"], [6, 6]),
    ]
    let results = try algebra(steps: 2).valueCounts(versions, label: "v")
    #expect(
      written(results) == [
        #"{v="1000000000000000000000"}"#: [1, nil], #"{v="6"}"#: [1, 2],
      ])
  }

  @Test("limit_ratio and its complement share the series between them")
  func limitRatio() throws {
    let many = (0..<100).map { column(["i": "\($0)"], [1]) }
    let some = try algebra(steps: 1).aggregated(many, .limitRatio, parameter: [0.3])
    let others = try algebra(steps: 1).aggregated(many, .limitRatio, parameter: [-0.7])
    #expect((10..<50).contains(some.count))
    #expect(some.count + others.count == 100)
    #expect(Set(some.map(\.labels)).isDisjoint(with: others.map(\.labels)))
  }
}
