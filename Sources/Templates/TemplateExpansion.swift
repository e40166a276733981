import Telemetry

/// Expands a template once.
struct TemplateExpansion {
  private let functions: TemplateFunctions
  private let context: TextTemplate.Context
  private let limits: TemplateLimits
  private var output = ""
  private var steps = 0
  private var scope: [(name: String, value: TemplateValue)]
  private let root: TemplateValue

  init(
    dot root: TemplateValue, variables: [(name: String, value: TemplateValue)],
    functions: TemplateFunctions, limits: TemplateLimits, context: @escaping TextTemplate.Context
  ) {
    self.limits = limits
    self.root = root
    self.functions = functions
    self.context = context
    scope = variables
  }

  mutating func text(of nodes: [TemplateNode]) throws(TemplateError) -> String {
    try run(nodes, dot: root)
    return output
  }

  private mutating func run(
    _ nodes: [TemplateNode], dot: TemplateValue
  ) throws(TemplateError) {
    for node in nodes {
      switch node {
      case .text(let text): try write(text)
      case .action(let pipeline):
        let value = try value(of: pipeline, dot: dot)
        if pipeline.variables.isEmpty { try write(value.printed) } else { set(pipeline, [value]) }
      case .condition(let pipeline, let then, let otherwise):
        let known = scope.count
        let value = try value(of: pipeline, dot: dot)
        set(pipeline, [value])
        try run(value.isTrue ? then : otherwise, dot: dot)
        scope.removeSubrange(known...)
      case .with(let pipeline, let then, let otherwise):
        let known = scope.count
        let value = try value(of: pipeline, dot: dot)
        set(pipeline, [value])
        if value.isTrue { try run(then, dot: value) } else { try run(otherwise, dot: dot) }
        scope.removeSubrange(known...)
      case .loop(let pipeline, let body, let otherwise):
        try loop(pipeline, body: body, otherwise: otherwise, dot: dot)
      }
    }
  }

  private mutating func loop(
    _ pipeline: TemplatePipeline, body: [TemplateNode], otherwise: [TemplateNode],
    dot: TemplateValue
  ) throws(TemplateError) {
    let known = scope.count
    let entries = try Self.entries(of: value(of: pipeline, dot: dot))
    for (key, value) in entries {
      set(pipeline, pipeline.variables.count == 2 ? [key, value] : [value])
      try run(body, dot: value)
      scope.removeSubrange(known...)
    }
    if entries.isEmpty { try run(otherwise, dot: dot) }
  }

  private static func entries(
    of value: TemplateValue
  ) throws(TemplateError) -> [(TemplateValue, TemplateValue)] {
    switch value {
    case .none: []
    case .labels(let labels): labels.map { (.text($0.name), .text($0.value)) }
    case .samples(let samples): samples.enumerated().map { (.integer($0), .sample($1)) }
    case .map(let entries): entries.map { (.text($0.key), $0.value) }
    default: throw TemplateError("range can't iterate over \(value.typeName)")
    }
  }

  private mutating func set(_ pipeline: TemplatePipeline, _ values: [TemplateValue]) {
    for (name, value) in zip(pipeline.variables, values) {
      if !pipeline.isDeclaration, let index = scope.lastIndex(where: { $0.name == name }) {
        scope[index].value = value
      } else {
        scope.append((name, value))
      }
    }
  }

  private mutating func write(_ text: String) throws(TemplateError) {
    output += text
    guard output.utf8.count <= limits.outputBytes else {
      throw TemplateError("the text is longer than \(limits.outputBytes) bytes")
    }
  }

  private mutating func count() throws(TemplateError) {
    steps += 1
    guard steps <= limits.steps else {
      throw TemplateError("the template takes more than \(limits.steps) steps")
    }
  }

  private mutating func value(
    of pipeline: TemplatePipeline, dot: TemplateValue
  ) throws(TemplateError) -> TemplateValue {
    var last: TemplateValue?
    for command in pipeline.commands {
      try count()
      last = try value(of: command, dot: dot, piped: last)
    }
    return last ?? .none
  }

  private mutating func value(
    of command: [TemplateTerm], dot: TemplateValue, piped: TemplateValue?
  ) throws(TemplateError) -> TemplateValue {
    guard case .function(let name)? = command.first else {
      guard command.count == 1, piped == nil else {
        throw TemplateError("can't give argument to what is no function")
      }
      return try value(of: command[0], dot: dot)
    }
    if name == "and" || name == "or" {
      return try shortCut(name, Array(command.dropFirst()), dot: dot, piped: piped)
    }
    var arguments: [TemplateValue] = []
    for term in command.dropFirst() { arguments.append(try value(of: term, dot: dot)) }
    if let piped { arguments.append(piped) }
    return try call(name, arguments)
  }

  private func call(
    _ name: String, _ values: [TemplateValue]
  ) throws(TemplateError) -> TemplateValue {
    let arguments = TemplateArguments(name: name, values: values)
    if let body = functions.body(of: name) { return try body(arguments) }
    return try context(arguments)
  }

  /// `and` and `or` stop at the first value that decides.
  private mutating func shortCut(
    _ name: String, _ terms: [TemplateTerm], dot: TemplateValue, piped: TemplateValue?
  ) throws(TemplateError) -> TemplateValue {
    var last: TemplateValue?
    for term in terms {
      let value = try value(of: term, dot: dot)
      if value.isTrue == (name == "or") { return value }
      last = value
    }
    guard let value = piped ?? last else {
      throw TemplateError("wrong number of args for \(name): want at least 1 got 0")
    }
    return value
  }

  private mutating func value(
    of term: TemplateTerm, dot: TemplateValue
  ) throws(TemplateError) -> TemplateValue {
    switch term {
    case .literal(let value): return value
    case .function(let name):
      return try call(name, [])
    case .dot(let fields): return try Self.member(fields, of: dot)
    case .variable(let name, let fields):
      let value = name.isEmpty ? root : scope.last { $0.name == name }?.value
      return try Self.member(fields, of: value ?? .none)
    case .nested(let pipeline, let fields):
      return try Self.member(fields, of: value(of: pipeline, dot: dot))
    }
  }

  private static func member(
    _ fields: [String], of value: TemplateValue
  ) throws(TemplateError) -> TemplateValue {
    var value = value
    for field in fields { value = try value.field(field) }
    return value
  }
}
