import Telemetry
import Testing

@testable import PromQL

@Suite("Functions of order and absence")
struct FunctionsOrderTests {
  private static let vector = Operand.instant([
    (["i": "10"], 2), (["i": "9"], .nan), (["i": "1"], 3), (["i": "2"], 2),
  ])

  @Test(
    "sort an instant query's series",
    arguments: [
      ("sort", ["10", "2", "1", "9"]), ("sort_desc", ["1", "10", "2", "9"]),
      ("sort_by_label", ["1", "2", "9", "10"]), ("sort_by_label_desc", ["10", "9", "2", "1"]),
    ])
  func sort(name: String, expected: [String]) throws {
    var called = Called(name)
    let result =
      name.hasPrefix("sort_by") ? try called(Self.vector, .string("i")) : try called(Self.vector)
    #expect(result.columns.map { $0.labels["i"] } == expected)
  }

  @Test("warn that a range query's series are not sorted")
  func warnInRangeQuery() throws {
    var sort = Called("sort", grid: QueryGrid(start: 0, step: 1, count: 2))
    _ = try sort(.series([:], 1, 2))
    #expect(
      sort.context.annotations.warnings == [
        "PromQL warning: sort is ineffective for range queries since results are always ordered"
          + " by labels (1:1)"
      ])
  }

  @Test(
    "order names with numbers as people do",
    arguments: [
      ("node-2", "node-10"), ("a", "b"), ("a", "a1"), ("a1b2", "a1b10"), ("2", "a"), ("01", "1"),
      ("9", "010"),
    ])
  func naturalOrder(left: String, right: String) {
    #expect(NaturalOrder.precedes(left, right))
    #expect(!NaturalOrder.precedes(right, left))
    #expect(!NaturalOrder.precedes(left, left))
  }

  @Test("say with 1 where a vector has nothing")
  func absent() throws {
    var absent = Called("absent", grid: QueryGrid(start: 0, step: 1, count: 3))
    let one = Column(labels: LabelSet(["a": "b"]), values: [.absent, 4, .absent])
    let two = Column(labels: LabelSet(["a": "c"]), values: [.absent, 4, .nan])
    context(&absent, [LabelMatcher("__name__", equals: "up"), LabelMatcher("job", equals: "x")])
    #expect(try absent(.vector([one, two])).lines == [#"{job="x"} 1 _ _"#])
    #expect(try absent(.series([:], 1, 1, 1)).lines == [])
  }

  @Test("name the labels that a selector fixes to one value")
  func fixedLabels() throws {
    let matchers = [
      LabelMatcher("__name__", equals: "up"), LabelMatcher("a", equals: "1"),
      LabelMatcher("b", equals: "1"), LabelMatcher("b", equals: "2"),
      try LabelMatcher(name: "c", comparison: .matches, value: "x"),
      LabelMatcher("d", equals: "1"),
      try LabelMatcher(name: "d", comparison: .notEqual, value: "2"),
    ]
    let selector = VectorSelector(matchers: matchers, shift: .none, position: .none)
    let inner = Expression.vectorSelector(selector)
    let wrapped = Expression.parenthesized(Parentheses(inner: inner, position: .none))
    #expect(Absence.labels(askedBy: wrapped) == LabelSet(["a": "1"]))
    #expect(
      Absence.labels(askedBy: .number(NumberLiteral(value: 1, position: .none))) == .empty)
  }

  @Test("take the one value of a vector as a scalar")
  func scalar() throws {
    var scalar = Called("scalar", grid: QueryGrid(start: 0, step: 1, count: 3))
    let one = Column(labels: LabelSet(["a": "b"]), values: [5, .absent, 1])
    let two = Column(labels: LabelSet(["a": "c"]), values: [.absent, .absent, 2])
    #expect(try scalar(.vector([one, two])).lines == ["5 NaN NaN"])
  }

  @Test(
    "know the times of the query",
    arguments: [
      ("time", "10 15 20"), ("start", "10 10 10"), ("end", "20 20 20"), ("step", "5 5 5"),
      ("range", "10 10 10"),
    ])
  func times(name: String, expected: String) throws {
    var called = Called(name, grid: QueryGrid(start: 10_000, step: 5000, count: 3))
    #expect(try called().lines == [expected])
  }

  private func context(_ called: inout Called, _ matchers: [LabelMatcher]) {
    let selector = VectorSelector(matchers: matchers, shift: .none, position: .none)
    called = Called(called.name, arguments: [.vectorSelector(selector)], grid: called.context.grid)
  }
}
