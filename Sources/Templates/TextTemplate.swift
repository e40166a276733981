/// A text with `{{ … }}` in it: Go's `text/template`, less `define`, `template` and `block`.
///
/// What a stranger's template may cost is limited: nesting, steps and the length of its text.
///
/// - Source: https://pkg.go.dev/text/template
public struct TextTemplate: Sendable {
  /// The value of a function that depends on what is being expanded.
  public typealias Context = (TemplateArguments) throws(TemplateError) -> TemplateValue

  /// The template as it was written.
  public let text: String
  private let nodes: [TemplateNode]
  private let functions: TemplateFunctions
  private let limits: TemplateLimits

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - functions: What it may call.
  ///   - variables: The variables that it starts with, without `$`.
  public init(
    _ text: String, functions: TemplateFunctions, variables: [String] = [],
    limits: TemplateLimits = TemplateLimits()
  ) throws(TemplateError) {
    self.text = text
    self.functions = functions
    self.limits = limits
    nodes =
      text.contains("{{")
      ? try TemplateParser.nodes(of: text, variables: variables, functions: functions)
      : [.text(text)]
  }

  /// The text for a dot.
  ///
  /// - Parameters:
  ///   - variables: The values of the variables that the template starts with, by name.
  ///   - context: Answers calls of the functions that are only named in the table.
  public func expanded(
    dot: TemplateValue, variables: [(name: String, value: TemplateValue)] = [],
    context: @escaping Context = { arguments throws(TemplateError) in
      throw TemplateError("function \"\(arguments.name)\" not defined")
    }
  ) throws(TemplateError) -> String {
    if nodes.count == 1, case .text(let text) = nodes[0] { return text }
    var expansion = TemplateExpansion(
      dot: dot, variables: variables, functions: functions, limits: limits,
      context: context)
    return try expansion.text(of: nodes)
  }

  /// The names that follow a dot anywhere, each once, in order; nil when the template also uses the
  /// dot as a whole.
  public var fields: [String]? {
    var names = FieldNames()
    names.add(nodes)
    return names.usesWholeDot ? nil : names.names
  }
}

/// What a stranger's template may cost.
public struct TemplateLimits: Hashable, Sendable {
  /// The longest text in bytes.
  public var outputBytes: Int
  /// Commands run for one text.
  public var steps: Int

  /// Makes limits; without arguments those of an alert's annotation.
  public init(outputBytes: Int = 65_536, steps: Int = 20_000) {
    self.outputBytes = outputBytes
    self.steps = steps
  }
}

/// Gathers what a template reads of its dot.
private struct FieldNames {
  var names: [String] = []
  var usesWholeDot = false

  mutating func add(_ nodes: [TemplateNode]) {
    for node in nodes {
      switch node {
      case .text: break
      case .action(let pipeline): add(pipeline)
      case .condition(let pipeline, let then, let otherwise),
        .with(let pipeline, let then, let otherwise),
        .loop(let pipeline, body: let then, let otherwise):
        add(pipeline)
        add(then)
        add(otherwise)
      }
    }
  }

  private mutating func add(_ pipeline: TemplatePipeline) {
    for term in pipeline.commands.joined() {
      switch term {
      case .dot(let fields), .variable("", let fields):
        guard let name = fields.first else {
          usesWholeDot = true
          continue
        }
        if !names.contains(name) { names.append(name) }
      case .nested(let pipeline, _): add(pipeline)
      case .literal, .function, .variable: break
      }
    }
  }
}
