/// The functions that a template may call: Go's own and those of a product.
public struct TemplateFunctions: Sendable {
  /// What a function does.
  public typealias Body = @Sendable (TemplateArguments) throws(TemplateError) -> TemplateValue

  private let bodies: [String: Body]
  private let contextual: Set<String>

  /// Makes a table.
  ///
  /// - Parameters:
  ///   - tables: A product's functions, which may replace Go's own.
  ///   - contextual: Names of functions whose values depend on what is being expanded.
  public init(_ tables: KeyValuePairs<String, Body>..., contextual: Set<String> = []) {
    var bodies: [String: Body] = [:]
    for (name, body) in Self.ownTable { bodies[name] = body }
    for (name, body) in tables.joined() { bodies[name] = body }
    self.bodies = bodies
    self.contextual = contextual
  }

  /// Whether a template may call `name`.
  func has(_ name: String) -> Bool {
    bodies[name] != nil || contextual.contains(name) || name == "and" || name == "or"
  }

  /// What a function does; nil for one that depends on the context.
  func body(of name: String) -> Body? { bodies[name] }

  /// Go's own, less `and` and `or`, which do not evaluate all of their arguments.
  ///
  /// - Source: Go, text/template/funcs.go.
  private static let ownTable: KeyValuePairs<String, Body> = [
    "not": { arguments throws(TemplateError) in .bool(!(try arguments.value(0).isTrue)) },
    "len": { arguments throws(TemplateError) in .integer(try arguments.length()) },
    "index": { arguments throws(TemplateError) in try arguments.indexed() },
    "print": { arguments in .text(arguments.concatenated) },
    "println": { arguments in
      .text(arguments.values.map(\.printed).joined(separator: " ") + "\n")
    },
    "printf": { arguments throws(TemplateError) in .text(try GoPrintf(arguments).text) },
    "urlquery": { arguments in
      .text(PercentEncoding.query(arguments.values.map(\.printed).joined(separator: " ")))
    },
    "html": { arguments in
      .text(PercentEncoding.html(arguments.values.map(\.printed).joined(separator: " ")))
    },
    "eq": { arguments throws(TemplateError) in
      let first = try arguments.value(0)
      guard arguments.values.count > 1 else {
        throw TemplateError("error calling eq: missing argument for comparison")
      }
      for other in arguments.values.dropFirst() {
        if try first.isEqual(to: other) { return .bool(true) }
      }
      return .bool(false)
    },
    "ne": { arguments throws(TemplateError) in
      .bool(!(try arguments.value(0).isEqual(to: arguments.value(1))))
    },
    "lt": { arguments throws(TemplateError) in
      .bool(try arguments.value(0).isLess(than: arguments.value(1)))
    },
    "le": { arguments throws(TemplateError) in
      .bool(try arguments.value(0).isAtMost(arguments.value(1)))
    },
    "gt": { arguments throws(TemplateError) in
      .bool(!(try arguments.value(0).isAtMost(arguments.value(1))))
    },
    "ge": { arguments throws(TemplateError) in
      .bool(!(try arguments.value(0).isLess(than: arguments.value(1))))
    },
  ]
}
