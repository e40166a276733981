import PromQL
import Telemetry

/// Asks what a statement asks, in every way in which Prometheus's runner asks it, and compares.
///
/// An instant query is also asked with `@` fixed to its time, at other times, and as the middle
/// step of a range query.
///
/// - Source: prometheus/prometheus, promql/promqltest/test.go.
struct StatementCheck {
  let statement: EvaluationStatement
  let engine: QueryEngine

  private var expectation: Expectation { statement.expectation }

  func verdict() -> StatementVerdict {
    do throws(StatementFailure) {
      switch statement.time {
      case .range(let from, let to, let step):
        guard to >= from, step > 0 else { return .failed("an empty range") }
        let count = Int((to - from) / step) + 1
        try checkRange(QueryGrid(start: from, step: count > 1 ? step : 0, count: count))
      case .instant(let time):
        try checkInstant(statement.query, at: time)
        for variant in try AnchoredVariant.all(of: statement.query, askedAt: time) {
          try checkInstant(variant.query, at: variant.time)
        }
      }
      return .passed
    } catch {
      switch error {
      case .apart(let reason): return .apart(reason)
      case .mismatch(let text): return .failed(text)
      }
    }
  }

  private func checkRange(_ grid: QueryGrid) throws(StatementFailure) {
    guard let result = try answer(to: statement.query, over: grid, isRange: true) else { return }
    try expectation.check(annotationsOf: result)
    try expectation.check(columns: result.columns, over: grid)
  }

  private func checkInstant(_ query: String, at time: Int64) throws(StatementFailure) {
    let grid = QueryGrid(start: time, step: 0, count: 1)
    guard let result = try answer(to: query, over: grid, isRange: false) else { return }
    do {
      try expectation.check(annotationsOf: result)
      try expectation.check(instant: result, askedAt: time)
      try checkMiddleStep(of: query, at: time)
    } catch {
      guard case .mismatch(let text) = error else { throw error }
      let isVariant = !query.hasSameBytes(as: statement.query)
      throw .mismatch(isVariant ? "\(text) [asked as \(query) at \(time) ms]" : text)
    }
  }

  /// Asks the query for a minute around its time and compares the middle step.
  private func checkMiddleStep(of query: String, at time: Int64) throws(StatementFailure) {
    if case .string = expectation.value { return }
    let dependsOnQuery = ["start()", "end()", "range()", "step()"].contains { query.contains($0) }
    guard expectation.rangeVector == nil, !dependsOnQuery else { return }
    let grid = QueryGrid(start: time - 60_000, step: 60_000, count: 3)
    guard let result = try answer(to: query, over: grid, isRange: true) else { return }
    guard !expectation.isOrdered else { return }
    do {
      try expectation.check(middleStepOf: result)
    } catch {
      guard case .mismatch(let text) = error else { throw error }
      throw .mismatch("in a range query: \(text)")
    }
  }

  /// The result, or nil when the query failed as expected.
  private func answer(
    to query: String, over grid: QueryGrid, isRange: Bool
  ) throws(StatementFailure) -> QueryResult? {
    do {
      let expression = try Expression.parse(query)
      let result =
        isRange
        ? try engine.result(of: expression, over: grid)
        : try engine.result(of: expression, at: Timestamp(milliseconds: grid.start))
      guard expectation.fails else { return result }
    } catch let error as QuerySyntaxError {
      return try expected(QueryError.syntax(error))
    } catch let error as QueryError {
      return try expected(error)
    } catch {
      throw .mismatch("the source fails: \(error)")
    }
    throw .mismatch("expected an error and got none")
  }

  /// Nil when the query should fail so.
  private func expected(_ error: QueryError) throws(StatementFailure) -> QueryResult? {
    switch error {
    case .needsNativeHistograms(let metric): throw .apart(.nativeHistograms(metric))
    case .unsupported(let what): throw .apart(.experimental(what))
    case .syntax(let error) where error.refusesByName: throw .apart(.experimental(error.message))
    case .syntax, .execution, .budget: break
    }
    guard expectation.fails else { throw .mismatch("error: \(error)") }
    guard texts(of: error).contains(where: expectation.failure.isSatisfied) else {
      throw .mismatch("expected an error with \(expectation.failure), got: \(error)")
    }
    return nil
  }

  /// What an error says; for one found while reading also without its place, since Prometheus finds
  /// some of them only while evaluating.
  private func texts(of error: QueryError) -> [String] {
    if case .syntax(let mistake) = error { return [mistake.description, mistake.message] }
    return [error.description]
  }
}

extension QuerySyntaxError {
  /// Whether the parser knows what is written and says that this version leaves it out.
  fileprivate var refusesByName: Bool { message.hasSuffix("not part of this version") }
}
