import Telemetry

/// Whether series are missing.
enum Absence {
  static let functions: [Function] = [
    Function(
      "absent", [.vector],
      body: .general { arguments, context in
        var present = [Bool](repeating: false, count: context.grid.count)
        for column in arguments[0].columns {
          for step in present.indices where !column.values[step].isAbsent { present[step] = true }
        }
        return result(missing: present, context)
      }),
    Function(
      "absent_over_time", [.matrix],
      body: .general { arguments, context in
        var present = [Bool](repeating: false, count: context.grid.count)
        let operand = arguments[0].windows
        for series in operand.series {
          operand.forEachWindow(of: series, parameters: []) { step, _ in present[step] = true }
        }
        return result(missing: present, context)
      }),
  ]

  /// One series with 1 at the steps without anything, or no series.
  private static func result(missing present: [Bool], _ context: FunctionContext) -> Operand {
    guard present.contains(false) else { return .vector([]) }
    let values = present.map { $0 ? Double.absent : 1 }
    return .vector([Column(labels: labels(askedBy: context.call.arguments[0]), values: values)])
  }

  /// The labels that a selector fixes to one value: `absent(up{job="a"})` is `{job="a"}`.
  ///
  /// A label with more than one matcher is left out, whatever the others say, and so is the name.
  static func labels(askedBy expression: Expression) -> LabelSet {
    let matchers: [LabelMatcher]
    switch expression.unwrapped {
    case .vectorSelector(let node): matchers = node.matchers
    case .matrixSelector(let node): matchers = node.selector.matchers
    default: return .empty
    }
    var asked: [Label] = []
    var seen: Set<[UInt8]> = []
    for matcher in matchers where !matcher.name.hasSameBytes(as: "__name__") {
      let isFirst = matcher.comparison == .equal && seen.insert(Array(matcher.name.utf8)).inserted
      if isFirst {
        if !matcher.value.isEmpty { asked.append(Label(name: matcher.name, value: matcher.value)) }
      } else {
        asked.removeAll { $0.name.hasSameBytes(as: matcher.name) }
      }
    }
    return LabelSet(asked)
  }
}
