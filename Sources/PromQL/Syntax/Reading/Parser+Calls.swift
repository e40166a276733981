import Canonical

extension Parser {
  /// The aggregation whose operator has been stepped over.
  mutating func aggregation(
    _ op: AggregationOperator, from start: Int
  ) throws(QuerySyntaxError) -> Tree {
    openAggregations += 1
    defer { openAggregations -= 1 }
    var grouping = try grouping()
    isReadingLabelName = op == .countValues
    let arguments = try arguments()
    if grouping == nil { grouping = try self.grouping() }
    let position = place(from: start)
    let wanted = op.parameterType == nil ? 1 : 2
    guard let operand = arguments.last else {
      throw source.error(at: position, "no arguments for aggregate expression provided")
    }
    guard arguments.count == wanted else {
      throw source.error(
        at: position,
        "wrong number of arguments for aggregate expression provided, expected \(wanted), got "
          + "\(arguments.count)")
    }
    expect(.vector, of: operand.expression, in: "aggregation expression")
    let parameter = wanted == 2 ? arguments[0].expression : nil
    if let parameter, let type = op.parameterType {
      expect(type, of: parameter, in: "aggregation parameter")
    }
    let node = Aggregation(
      op: op, operand: operand.expression, parameter: parameter,
      grouping: grouping?.labels ?? [], isWithout: grouping?.isWithout ?? false,
      position: position)
    return try tree(.aggregation(node), over: arguments.map(\.depth).max() ?? 0)
  }

  private mutating func grouping() throws(QuerySyntaxError) -> (labels: [String], isWithout: Bool)?
  {
    let isWithout = token.kind == .keyword(.without)
    guard isWithout || token.kind == .keyword(.by) else { return nil }
    try advance()
    return (try groupingLabels(), isWithout)
  }

  /// The call of a function whose name has been stepped over.
  mutating func call(_ name: String, from start: Int) throws(QuerySyntaxError) -> Tree {
    let nameEnd = lastEnd
    let arguments = try arguments()
    let alias = FunctionTable.aliases.first { $0.key == name }?.value
    guard let function = FunctionTable.function(named: alias ?? name) else {
      throw unknownFunction(name, at: source.place(start, nameEnd))
    }
    let node = FunctionCall(
      name: function.name, arguments: arguments.map(\.expression), position: place(from: start))
    check(node, function)
    return try tree(.call(node), over: arguments.map(\.depth).max() ?? 0)
  }

  /// `(argument, …)`
  private mutating func arguments() throws(QuerySyntaxError) -> [Tree] {
    try expect(.leftParenthesis)
    var arguments: [Tree] = []
    if try take(.rightParenthesis) { return arguments }
    while true {
      arguments.append(try expression())
      let comma = token.start
      guard try take(.comma) else { break }
      if token.kind == .rightParenthesis {
        throw source.error(at: comma, "trailing commas not allowed in function call args")
      }
    }
    try expect(.rightParenthesis)
    return arguments
  }

  private func unknownFunction(_ name: String, at position: SourceRange) -> QuerySyntaxError {
    if FunctionTable.unsupported.contains(name) {
      return source.error(
        at: position,
        "function \(QuotedText.quoted(name)) is experimental and not part of this version")
    }
    let known = FunctionTable.all.map(\.name) + FunctionTable.aliases.map(\.key)
    let hint = NearestName.of(name, among: known).map { "; did you mean \(QuotedText.quoted($0))?" }
    return source.error(
      at: position, "unknown function with name \(QuotedText.quoted(name))\(hint ?? "")")
  }

  // MARK: Types

  private mutating func check(_ call: FunctionCall, _ function: Function) {
    let (given, name) = (call.arguments.count, QuotedText.quoted(function.name))
    let most = function.parameters.count
    let least = most - function.optionalCount
    if least == most && !function.repeatsLast && given != most {
      report(at: call.position, "expected \(most) argument(s) in call to \(name), got \(given)")
    } else if given < least {
      report(
        at: call.position, "expected at least \(least) argument(s) in call to \(name), got \(given)"
      )
    } else if given > most && !function.repeatsLast {
      report(
        at: call.position, "expected at most \(most) argument(s) in call to \(name), got \(given)")
    }
    for (index, argument) in call.arguments.enumerated() {
      guard let type = index < most ? function.parameters[index] : function.parameters.last else {
        return
      }
      expect(type, of: argument, in: "call to function \(name)")
    }
  }

  private mutating func expect(_ type: ValueType, of expression: Expression, in context: String) {
    guard expression.type != type else { return }
    report(
      at: expression.position,
      "expected type \(type.rawValue) in \(context), got \(expression.type.rawValue)")
  }
}
