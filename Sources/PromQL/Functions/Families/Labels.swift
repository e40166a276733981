import Patterns
import Telemetry

/// Labels made from other labels.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/querying/functions#label_replace.
enum Labels {
  static let functions: [Function] = [
    Function(
      "label_replace", [.vector, .string, .string, .string, .string],
      body: .general { arguments, context in
        let names = (target: arguments[1].text, source: arguments[3].text)
        let replacement = try LabelReplacement(
          pattern: arguments[4].text, template: arguments[2].text)
        try check(names.target, as: "destination label name in label_replace()")
        return try relabelled(arguments[0].columns, names.target, context) { labels in
          try replacement.value(for: labels[names.source] ?? "")
        }
      }),
    Function(
      "label_join", [.vector, .string, .string, .string], optional: 1, repeatsLast: true,
      body: .general { arguments, context in
        let sources = arguments.dropFirst(3).map(\.text)
        for source in sources { try check(source, as: "source label name in label_join()") }
        let (target, separator) = (arguments[1].text, arguments[2].text)
        try check(target, as: "destination label name in label_join()")
        return try relabelled(arguments[0].columns, target, context) { labels in
          sources.map { labels[$0] ?? "" }.joined(separator: separator)
        }
      }),
  ]

  /// Sets one label of each series where `value` gives one; an empty value removes it. A name that
  /// is set this way stays.
  private static func relabelled(
    _ vector: [Column], _ target: String, _ context: FunctionContext,
    _ value: (LabelSet) throws -> String?
  ) throws -> Operand {
    let isName = target.hasSameBytes(as: "__name__")
    let changed = try vector.map { column in
      guard let value = try value(column.labels) else { return column }
      // Nested calls could double a value with every level.
      let limit = context.options.limits.labelBytes
      guard value.utf8.count <= limit else {
        throw QueryError.budget(what: "bytes in a label", limit: limit)
      }
      return Column(
        labels: column.labels.setting(target, to: value), values: column.values,
        dropsName: column.dropsName && !isName)
    }
    return .vector(try context.algebra.merged(changed))
  }

  /// U+FFFD stands where the query's text had bytes that are no UTF-8.
  private static func check(_ name: String, as role: String) throws {
    guard name.isEmpty || name.unicodeScalars.contains("\u{FFFD}") else { return }
    throw QueryError.execution("invalid \(role): \(name)")
  }
}
