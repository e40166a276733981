import Telemetry

/// Numbers without labels: the query's own times, and ways between scalars and vectors.
enum Scalars {
  static let functions: [Function] = [
    atEachStep("time") { context, step in seconds(context.grid[step]) },
    atEachStep("pi") { _, _ in .pi },
    atEachStep("start") { context, _ in seconds(context.query.start) },
    atEachStep("end") { context, _ in seconds(context.query.end) },
    atEachStep("range") { context, _ in seconds(context.query.end - context.query.start) },
    atEachStep("step") { context, _ in seconds(context.query.step) },
    Function("scalar", [.vector], result: .scalar, body: .general(onlyValues)),
    Function(
      "vector", [.scalar],
      body: .general { arguments, _ in
        .vector([Column(labels: .empty, values: arguments[0].numbers)])
      }),
    // A selector's samples have times of their own: the evaluator answers for those itself.
    Function(
      "timestamp", [.vector],
      body: .general { arguments, context in
        let grid = context.grid
        return try .vector(
          context.mapped(arguments[0].columns) { _, step in seconds(grid[step]) })
      }),
  ]

  private static func atEachStep(
    _ name: String, _ value: @escaping @Sendable (FunctionContext, Int) -> Double
  ) -> Function {
    Function(
      name, [], result: .scalar,
      body: .general { _, context in
        .scalar((0..<context.grid.count).map { value(context, $0) })
      })
  }

  /// The value of a vector's only series at each step; NaN where it has none or several.
  @Sendable
  private static func onlyValues(
    _ arguments: [Operand], _ context: inout FunctionContext
  ) -> Operand {
    var values = [Double](repeating: .absent, count: context.grid.count)
    var isShared = [Bool](repeating: false, count: context.grid.count)
    for column in arguments[0].columns {
      for step in values.indices where !column.values[step].isAbsent {
        isShared[step] = isShared[step] || !values[step].isAbsent
        values[step] = column.values[step]
      }
    }
    return .scalar(
      values.indices.map { values[$0].isAbsent || isShared[$0] ? .nan : values[$0] })
  }

  private static func seconds(_ milliseconds: Int64) -> Double { Double(milliseconds) / 1000 }
}
