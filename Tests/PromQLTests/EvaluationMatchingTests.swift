import Telemetry
import Testing

@testable import PromQL

@Suite("Operators between vectors")
struct EvaluationMatchingTests {
  private let errors = [
    column(["__name__": "errors", "job": "a", "code": "500"], [1, 2, nil]),
    column(["__name__": "errors", "job": "a", "code": "404"], [4, nil, 8]),
    column(["__name__": "errors", "job": "b", "code": "500"], [10, 20, 30]),
  ]
  private let totals = [
    column(["__name__": "total", "job": "a", "team": "blue"], [2, 4, 8]),
    column(["__name__": "total", "job": "b", "team": "red"], [nil, 10, 10]),
  ]

  private func matching(
    _ cardinality: VectorMatching.Cardinality, on labels: [String], included: [String] = []
  ) -> VectorMatching {
    VectorMatching(cardinality: cardinality, isOn: true, labels: labels, included: included)
  }

  @Test("Many series meet one, keep their labels and take the named ones over")
  func manyToOne() throws {
    let ratios = try algebra(steps: 3).joined(
      errors, .divide, totals,
      matching: matching(.manyToOne, on: ["job"], included: ["team"]), returnsBool: false)
    #expect(
      written(ratios) == [
        #"{code="404", job="a", team="blue"}"#: [2, nil, 1],
        #"{code="500", job="a", team="blue"}"#: [0.5, 0.5, nil],
        #"{code="500", job="b", team="red"}"#: [nil, 2, 3],
      ])
  }

  @Test("With group_right the right side is the many, and its values stay on the right")
  func oneToMany() throws {
    let shares = try algebra(steps: 3).joined(
      totals, .subtract, errors, matching: matching(.oneToMany, on: ["job"]), returnsBool: false)
    #expect(
      written(shares) == [
        #"{code="404", job="a"}"#: [-2, nil, 0],
        #"{code="500", job="a"}"#: [1, 2, nil],
        #"{code="500", job="b"}"#: [nil, -10, -20],
      ])
  }

  @Test("Two matches on the left need group_left; two on the right are refused by name")
  func duplicates() throws {
    #expect(
      throws: QueryError.execution(
        "multiple matches for labels: many-to-one matching must be explicit"
          + " (group_left/group_right)")
    ) {
      try algebra(steps: 3).joined(
        errors, .add, totals, matching: matching(.oneToOne, on: ["job"]), returnsBool: false)
    }
    let message =
      #"found duplicate series for the match group {job="a"} on the right hand-side of the"#
      + #" operation: [{__name__="errors", code="404", job="a"},"#
      + #" {__name__="errors", code="500", job="a"}];many-to-many matching not allowed: matching"#
      + " labels must be unique on one side"
    #expect(throws: QueryError.execution(message)) {
      try algebra(steps: 3).joined(
        totals, .add, errors, matching: matching(.oneToOne, on: ["job"]), returnsBool: false)
    }
  }

  @Test("Series of one group that are never there together are one match")
  func handedOver() throws {
    let pods = [
      column(["pod": "1", "job": "a"], [1, nil, nil]),
      column(["pod": "2", "job": "a"], [nil, 2, 3]),
    ]
    let sums = try algebra(steps: 3).joined(
      pods, .add, pods, matching: matching(.oneToOne, on: ["job"]), returnsBool: false)
    #expect(written(sums) == [#"{job="a"}"#: [2, 4, 6]])
  }

  @Test("A comparison keeps left values and the name; with bool it gives 0 and 1 without it")
  func comparisons() throws {
    let left = [column(["__name__": "a", "x": "1"], [1, 5, nil])]
    let right = [column(["__name__": "b", "x": "1"], [3, 3, 3])]
    let ignoringNone = VectorMatching(
      cardinality: .oneToOne, isOn: false, labels: [], included: [])
    let kept = try algebra(steps: 3).joined(
      left, .greater, right, matching: ignoringNone, returnsBool: false)
    #expect(written(kept) == [#"{__name__="a", x="1"}"#: [nil, 5, nil]])
    let told = try algebra(steps: 3).joined(
      left, .greater, right, matching: ignoringNone, returnsBool: true)
    #expect(written(told) == [#"{x="1"}"#: [0, 1, nil]])
  }

  @Test("Set operators work step by step")
  func sets() throws {
    let on = matching(.manyToMany, on: ["job"])
    let algebra = algebra(steps: 3)
    let left = [column(["job": "a", "l": "1"], [1, nil, 3])]
    let right = [column(["job": "a", "r": "1"], [nil, 20, 30])]
    let both = try algebra.joined(left, .and, right, matching: on, returnsBool: false)
    #expect(written(both) == [#"{job="a", l="1"}"#: [nil, nil, 3]])
    let without = try algebra.joined(left, .unless, right, matching: on, returnsBool: false)
    #expect(written(without) == [#"{job="a", l="1"}"#: [1, nil, nil]])
    let either = try algebra.joined(left, .or, right, matching: on, returnsBool: false)
    #expect(
      written(either) == [
        #"{job="a", l="1"}"#: [1, nil, 3], #"{job="a", r="1"}"#: [nil, 20, nil],
      ])
  }

  @Test("Fill stands in for a side without a sample")
  func fill() throws {
    var on = matching(.oneToOne, on: ["job"])
    on.fill = VectorMatching.Fill(left: 100, right: 1000)
    let left = [column(["job": "a"], [1, nil])]
    let right = [column(["job": "b"], [5, nil])]
    let sums = try algebra(steps: 2).joined(left, .add, right, matching: on, returnsBool: false)
    #expect(written(sums) == [#"{job="a"}"#: [1001, nil], #"{job="b"}"#: [105, nil]])
  }

  @Test("Dropped names that leave equal labels are an error unless delayed, or never together")
  func droppedNames() throws {
    let apart = [column(["__name__": "a"], [1, nil]), column(["__name__": "b"], [nil, 2])]
    #expect(written(try algebra(steps: 2).negated(apart)) == ["{}": [-1, -2]])
    let together = [column(["__name__": "a"], [1]), column(["__name__": "b"], [2])]
    #expect(
      throws: QueryError.execution("vector cannot contain metrics with the same labelset")
    ) { try algebra(steps: 1).negated(together) }
    let delayed = try algebra(steps: 1, delaysNameRemoval: true).negated(together)
    #expect(delayed.map(\.dropsName) == [true, true])
  }
}
