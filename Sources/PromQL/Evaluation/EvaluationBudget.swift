/// What a query holds at a time, against what it may.
struct EvaluationBudget {
  /// Samples and values held now.
  var held = 0
  private let limits: QueryLimits
  private var visited = 0

  init(_ limits: QueryLimits) {
    self.limits = limits
  }

  /// Counts values that are about to be held.
  mutating func charge(_ count: Int) throws(QueryError) {
    held += count
    guard held <= limits.samples else {
      throw .budget(what: "samples and values held at a time", limit: limits.samples)
    }
  }

  /// Counts samples that windows are about to read.
  mutating func visit(_ count: Int) throws(QueryError) {
    visited += count
    guard visited <= limits.visits else {
      throw .budget(what: "samples read in its ranges", limit: limits.visits)
    }
  }

  /// Refuses a grid of too many steps.
  func checkSteps(of grid: QueryGrid) throws(QueryError) {
    guard grid.count <= limits.steps else {
      throw .budget(what: "steps", limit: limits.steps)
    }
  }
}
