import Telemetry

/// Orders of the series of an instant query; a range query's series are always in the order of
/// their labels.
enum Sorting {
  static let functions: [Function] = [
    byValue("sort") { $0 < $1 },
    byValue("sort_desc") { $0 > $1 },
    byLabel("sort_by_label") { $0 },
    byLabel("sort_by_label_desc") { !$0 },
  ]

  /// By the value at the step, NaN last, equal values by labels.
  private static func byValue(
    _ name: String, _ precedes: @escaping @Sendable (Double, Double) -> Bool
  ) -> Function {
    Function(
      name, [.vector],
      body: .general { arguments, context in
        guard context.sortMatters() else { return arguments[0] }
        return .vector(
          arguments[0].columns.sorted { left, right in
            let (a, b) = (left.values[0], right.values[0])
            if precedes(a, b) || precedes(b, a) { return precedes(a, b) }
            return a.isNaN == b.isNaN ? left.labels < right.labels : b.isNaN
          })
      })
  }

  /// By the values of labels in natural order, then by all labels.
  private static func byLabel(
    _ name: String, _ directed: @escaping @Sendable (Bool) -> Bool
  ) -> Function {
    Function(
      name, [.vector, .string], optional: 1, repeatsLast: true,
      body: .general { arguments, context in
        guard context.sortMatters() else { return arguments[0] }
        let names = arguments.dropFirst().map(\.text)
        return .vector(
          arguments[0].columns.sorted { left, right in
            for name in names {
              let (a, b) = (left.labels[name] ?? "", right.labels[name] ?? "")
              if !a.hasSameBytes(as: b) { return directed(NaturalOrder.precedes(a, b)) }
            }
            return left.labels == right.labels ? false : directed(left.labels < right.labels)
          })
      })
  }
}

extension FunctionContext {
  /// Whether the order of series reaches the result; warns when it does not.
  fileprivate mutating func sortMatters() -> Bool {
    guard grid.count > 1 else { return true }
    annotations.warnOfSortInRangeQuery(at: call.position)
    return false
  }
}
