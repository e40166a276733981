import Telemetry

extension Evaluator {
  /// A subquery: its expression over the steps of its own grid that any window may need.
  mutating func ranges(of subquery: Subquery) throws -> RangeOperand {
    if let modifier = subquery.modifier {
      throw QueryError.unsupported("the modifier \(modifier.rawValue)")
    }
    let length = try subquery.range.milliseconds(in: query, allowsNegative: false)
    let step =
      try subquery.step?.milliseconds(in: query, allowsNegative: false)
      ?? (options.defaultSubqueryStep.nanoseconds / 1_000_000)
    let shift = try resolved(subquery.shift)
    let columns = try columns(of: subquery, length: length, step: max(1, step), shift: shift)
    return RangeOperand(
      series: columns, grid: grid, length: length, offset: shift.offset, fixedEnd: shift.fixedTime,
      boundary: options.rangeBoundary)
  }

  private mutating func columns(
    of subquery: Subquery, length: Int64, step: Int64, shift: ResolvedShift
  ) throws -> [SampleColumn] {
    let steps = grid
    let from = (shift.fixedTime ?? (steps.start - shift.offset)) - length
    let last = shift.fixedTime ?? (steps.end - shift.offset)
    var first = step * (from / step)
    if first < from || first == from && options.rangeBoundary == .leftOpen { first += step }
    guard first <= last else { return [] }
    let count = (last - first) / step + 1
    guard count <= options.limits.steps else {
      throw QueryError.budget(what: "steps", limit: options.limits.steps)
    }
    grid = QueryGrid(start: first, step: step, count: Int(count))
    defer { grid = steps }
    let times = (0..<grid.count).map { grid[$0] }
    switch try value(of: subquery.inner) {
    case .vector(let columns):
      return columns.map { $0.samples(at: times) }.sorted { $0.labels < $1.labels }
    case .scalar(let values):
      return [SampleColumn(labels: .empty, times: times, values: values)]
    case .string, .matrix: preconditionFailure("BUG: a subquery of a range or text")
    }
  }
}

extension Column {
  /// The values with the times of their steps.
  fileprivate func samples(at times: [Int64]) -> SampleColumn {
    SampleColumn(labels: labels, times: times, values: values, dropsName: dropsName)
      .withoutStaleMarkers
  }
}
