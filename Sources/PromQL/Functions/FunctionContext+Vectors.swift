extension FunctionContext {
  /// Operations on vectors as the query wants them.
  var algebra: VectorAlgebra {
    VectorAlgebra(
      over: grid, delaysNameRemoval: options.delaysNameRemoval, limits: options.limits)
  }

  /// Each value of a vector replaced; `.absent` takes it out. Names are dropped.
  ///
  /// - Throws: `QueryError.execution` when that leaves equal labels.
  func mapped(
    _ vector: [Column], _ body: (_ value: Double, _ step: Int) -> Double
  ) throws -> [Column] {
    var results: [Column] = []
    results.reserveCapacity(vector.count)
    for var column in vector {
      var isEmpty = true
      for step in column.values.indices where !column.values[step].isAbsent {
        column.values[step] = body(column.values[step], step)
        if !column.values[step].isAbsent { isEmpty = false }
      }
      if !isEmpty { results.append(column) }
    }
    return try algebra.withoutNames(results)
  }
}
