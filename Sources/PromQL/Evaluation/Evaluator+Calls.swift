import Telemetry

extension Evaluator {
  /// A call of a function.
  mutating func value(of call: FunctionCall) throws -> Operand {
    guard let function = FunctionTable.function(named: call.name) else {
      throw QueryError.unsupported("\(call.name)()")
    }
    if call.name == "timestamp", let first = call.arguments.first,
      case .vectorSelector(let selector) = first.unwrapped
    {
      return .vector(try algebra.withoutNames(times(of: selector)))
    }
    let arguments = try call.arguments.map { try value(of: $0) }
    for case .matrix(let operand) in arguments {
      guard let modifier = operand.modifier else { continue }
      return .vector(try extended(call, operand, modifier))
    }
    switch function.body {
    case .overWindow(let keepsName, let body):
      return .vector(try windowed(call, arguments, keepsName: keepsName, body))
    case .perValue(let body):
      return .vector(try mapped(arguments, body))
    case .general(let body):
      let result = try withContext(for: call) { context in try body(arguments, &context) }
      guard case .vector(let columns) = result else { return result }
      return .vector(try algebra.merged(columns.filter { ColumnKernel.hasAny($0.values) }))
    }
  }

  private mutating func withContext<Result>(
    for call: FunctionCall, _ body: (inout FunctionContext) throws -> Result
  ) rethrows -> Result {
    var context = FunctionContext(
      call: call, grid: grid, query: query, options: options, annotations: annotations)
    defer { annotations = context.annotations }
    return try body(&context)
  }

  /// A function over a range with a modifier.
  private mutating func extended(
    _ call: FunctionCall, _ operand: RangeOperand, _ modifier: RangeModifier
  ) throws -> [Column] {
    let allowed = ExtendedRange.functions(with: modifier)
    guard allowed.contains(call.name) else {
      throw QueryError.execution(
        "\(modifier.rawValue) modifier can only be used with: \(allowed.joined(separator: ", "))"
          + " - not with \(call.name)")
    }
    return try windowed(call, [.matrix(operand)], keepsName: false) { window, context in
      guard let value = ExtendedRange.value(of: call.name, in: window, modifier) else { return nil }
      if call.name == "rate" || call.name == "increase" { context.noteUnlessCounter() }
      return value
    }
  }

  private mutating func windowed(
    _ call: FunctionCall, _ arguments: [Operand], keepsName: Bool,
    _ body: (RangeWindow, inout FunctionContext) throws -> Double?
  ) throws -> [Column] {
    var ranges: RangeOperand?
    var scalars: [[Double]] = []
    for argument in arguments {
      switch argument {
      case .matrix(let operand): ranges = operand
      case .scalar(let values): scalars.append(values)
      case .vector, .string: preconditionFailure("BUG: \(call.name)() on a vector or text")
      }
    }
    guard let ranges else { preconditionFailure("BUG: \(call.name)() without a range") }
    var results: [Column] = []
    results.reserveCapacity(ranges.series.count)
    var budget = budget
    defer { self.budget = budget }
    try withContext(for: call) { context in
      for series in ranges.series {
        context.metricName = series.labels.metricName ?? ""
        var values = [Double](repeating: .absent, count: ranges.grid.count)
        var hasAny = false
        try ranges.forEachWindow(of: series, parameters: scalars) { step, window in
          try budget.visit(window.count)
          guard let value = try body(window, &context) else { return }
          values[step] = value
          hasAny = true
        }
        guard hasAny else { continue }
        results.append(
          Column(labels: series.labels, values: values, dropsName: series.dropsName))
      }
    }
    return keepsName ? try algebra.merged(results) : try algebra.withoutNames(results)
  }

  private func mapped(
    _ arguments: [Operand], _ body: (Double, UnsafeBufferPointer<Double>) -> Double
  ) throws -> [Column] {
    var columns: [Column] = []
    var scalars: [[Double]] = []
    for argument in arguments {
      switch argument {
      case .vector(let vector): columns = vector
      case .scalar(let values): scalars.append(values)
      case .matrix, .string: preconditionFailure("BUG: a function of values on a range or text")
      }
    }
    return try algebra.withoutNames(
      columns.map { column in
        Column(
          labels: column.labels,
          values: ColumnKernel.mapped(column.values, scalars: scalars, body),
          dropsName: column.dropsName)
      })
  }
}
