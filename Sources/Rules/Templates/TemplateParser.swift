/// Reads a template of Go's `text/template`, less `define`, `template` and `block`.
///
/// - Source: https://pkg.go.dev/text/template
struct TemplateParser {
  /// Nested parentheses and blocks beyond this are refused.
  static let depthLimit = 50

  private enum Piece {
    case text(String)
    case action(String)
  }

  private var pieces: [Piece] = []
  private var index = 0
  private var depth = 0
  /// The variables in scope, innermost last.
  private var variables: [String]

  static func nodes(
    of text: String, variables: [String]
  ) throws(TemplateError) -> [TemplateNode] {
    var parser = TemplateParser(variables: variables)
    try parser.split(text)
    let (nodes, end) = try parser.nodes()
    if let end { throw TemplateError("unexpected {{\(end)}}") }
    return nodes
  }

  private init(variables: [String]) {
    self.variables = variables
  }

  /// The nodes up to the `else` or `end` that closes them, with that action; nil for the end of
  /// the text.
  private mutating func nodes() throws(TemplateError) -> (nodes: [TemplateNode], end: String?) {
    var nodes: [TemplateNode] = []
    while index < pieces.count {
      let piece = pieces[index]
      index += 1
      switch piece {
      case .text(let text): nodes.append(.text(text))
      case .action(let text):
        let tokens = try TemplateTokens.tokens(of: text)
        guard case .word(let word)? = tokens.first?.kind, Self.keywords.contains(word) else {
          nodes.append(.action(try pipeline(tokens[...])))
          continue
        }
        if word == "end" || word == "else" { return (nodes, text) }
        nodes.append(try block(word, Array(tokens.dropFirst())))
      }
    }
    return (nodes, nil)
  }

  private static let keywords: Set<String> = [
    "if", "with", "range", "else", "end", "define", "template", "block", "break", "continue",
  ]

  private mutating func block(
    _ word: String, _ tokens: [TemplateToken]
  ) throws(TemplateError) -> TemplateNode {
    guard ["if", "with", "range"].contains(word) else {
      throw TemplateError("{{\(word)}} is not supported in rules")
    }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw TemplateError("blocks nested too deeply") }
    let known = variables.count
    let pipeline = try pipeline(tokens[...], mayDeclareTwo: word == "range")
    let declared = variables.count
    let (body, end) = try nodes()
    variables.removeSubrange(declared...)
    guard let end else { throw TemplateError("unexpected EOF: {{\(word)}} has no {{end}}") }
    let otherwise = try otherwise(after: end, of: word)
    variables.removeSubrange(known...)
    switch word {
    case "if": return .condition(pipeline, then: body, otherwise: otherwise)
    case "with": return .with(pipeline, then: body, otherwise: otherwise)
    default: return .loop(pipeline, body: body, otherwise: otherwise)
    }
  }

  /// What follows the first part of a block: nothing after `end`, the other part after `else`.
  private mutating func otherwise(
    after end: String, of word: String
  ) throws(TemplateError) -> [TemplateNode] {
    let tokens = try TemplateTokens.tokens(of: end)
    guard case .word("else")? = tokens.first?.kind else { return [] }
    if tokens.count > 1, case .word(let next) = tokens[1].kind {
      guard next == word, next != "range" else { throw TemplateError("unexpected {{\(end)}}") }
      return [try block(next, Array(tokens.dropFirst(2)))]
    }
    let (nodes, close) = try nodes()
    guard let close, try TemplateTokens.tokens(of: close).first?.kind == .word("end") else {
      throw TemplateError("expected {{end}} after {{else}}")
    }
    return nodes
  }

  // MARK: Pipelines

  private mutating func pipeline(
    _ all: ArraySlice<TemplateToken>, mayDeclareTwo: Bool = false
  ) throws(TemplateError) -> TemplatePipeline {
    var tokens = all
    var pipeline = TemplatePipeline(commands: [])
    try readDeclaration(&tokens, into: &pipeline, mayDeclareTwo: mayDeclareTwo)
    pipeline.commands = try commands(&tokens, isNested: false)
    if pipeline.isDeclaration { variables += pipeline.variables }
    return pipeline
  }

  private func readDeclaration(
    _ tokens: inout ArraySlice<TemplateToken>, into pipeline: inout TemplatePipeline,
    mayDeclareTwo: Bool
  ) throws(TemplateError) {
    let marks = tokens.prefix(4).map(\.kind)
    guard case .variable(let first)? = marks.first, marks.count > 1 else { return }
    if case .mark(let mark) = marks[1], mark == ":=" || mark == "=" {
      pipeline.variables = [first]
      pipeline.isDeclaration = mark == ":="
      tokens = tokens.dropFirst(2)
    } else if mayDeclareTwo, marks.count == 4, marks[1] == .mark(","),
      case .variable(let second) = marks[2], case .mark(let mark) = marks[3], mark != ","
    {
      pipeline.variables = [first, second]
      pipeline.isDeclaration = mark == ":="
      tokens = tokens.dropFirst(4)
    }
    guard !pipeline.isDeclaration else { return }
    for name in pipeline.variables { try check(variable: name) }
  }

  private mutating func commands(
    _ tokens: inout ArraySlice<TemplateToken>, isNested: Bool
  ) throws(TemplateError) -> [[TemplateTerm]] {
    var commands: [[TemplateTerm]] = []
    var command: [TemplateTerm] = []
    var isClosed = false
    while let token = tokens.popFirst() {
      switch token.kind {
      case .mark("|"):
        guard !command.isEmpty else { throw TemplateError("missing value for command") }
        commands.append(command)
        command = []
      case .mark(")") where isNested: isClosed = true
      default: command.append(try term(token, &tokens))
      }
      if isClosed { break }
    }
    if isNested, !isClosed { throw TemplateError("unclosed left paren") }
    guard !command.isEmpty else { throw TemplateError("missing value for command") }
    return commands + [command]
  }

  private mutating func term(
    _ token: TemplateToken, _ tokens: inout ArraySlice<TemplateToken>
  ) throws(TemplateError) -> TemplateTerm {
    switch token.kind {
    case .dot: return .dot(fields: [])
    case .field(let name): return .dot(fields: [name] + Self.fields(&tokens))
    case .variable(let name):
      try check(variable: name)
      return .variable(name, fields: Self.fields(&tokens))
    case .text(let text): return .literal(.text(text))
    case .number(let text): return .literal(try Self.number(text))
    case .word("true"): return .literal(.bool(true))
    case .word("false"): return .literal(.bool(false))
    case .word("nil"): return .literal(.none)
    case .word(let name):
      guard TemplateFunctions.names.contains(name) else {
        throw TemplateError("function \"\(name)\" not defined")
      }
      return .function(name)
    case .mark("("):
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.depthLimit else { throw TemplateError("parentheses nested too deeply") }
      let commands = try commands(&tokens, isNested: true)
      return .nested(TemplatePipeline(commands: commands), fields: Self.fields(&tokens))
    case .mark(let mark): throw TemplateError("unexpected \"\(mark)\" in operand")
    }
  }

  private static func fields(_ tokens: inout ArraySlice<TemplateToken>) -> [String] {
    var fields: [String] = []
    while let next = tokens.first, next.isAdjacent, case .field(let name) = next.kind {
      fields.append(name)
      tokens = tokens.dropFirst()
    }
    return fields
  }

  private static func number(_ text: String) throws(TemplateError) -> TemplateValue {
    if let integer = Int(text) { return .integer(integer) }
    if text.hasPrefix("0x"), let integer = Int(text.dropFirst(2), radix: 16) {
      return .integer(integer)
    }
    guard let number = Double(text), number.isFinite else {
      throw TemplateError("bad number syntax: \"\(text)\"")
    }
    return .number(number)
  }

  private func check(variable name: String) throws(TemplateError) {
    guard name.isEmpty || variables.contains(name) else {
      throw TemplateError("undefined variable \"$\(name)\"")
    }
  }

  // MARK: Text and actions

  private mutating func split(_ text: String) throws(TemplateError) {
    var rest = Substring(text)
    var trimsNext = false
    while let open = rest.firstRange(of: "{{") {
      var before = rest[..<open.lowerBound]
      var inside = rest[open.upperBound...]
      if trimsNext { before = before.drop(while: \.isWhitespace) }
      if inside.hasPrefix("-"), inside.dropFirst().first?.isWhitespace ?? false {
        inside = inside.dropFirst()
        while before.last?.isWhitespace ?? false { before.removeLast() }
      }
      if !before.isEmpty { pieces.append(.text(String(before))) }
      guard let end = Self.end(of: inside) else { throw TemplateError("unclosed action") }
      var action = inside[..<end]
      rest = inside[end...].dropFirst(2)
      trimsNext = action.hasSuffix("-") && (action.dropLast().last?.isWhitespace ?? false)
      if trimsNext { action = action.dropLast() }
      let content = action.drop(while: \.isWhitespace)
      if !content.hasPrefix("/*") { pieces.append(.action(String(action))) }
    }
    if trimsNext { rest = rest.drop(while: \.isWhitespace) }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
  }

  /// Where the `}}` that closes an action starts; those inside quotes and comments do not.
  private static func end(of inside: Substring) -> Substring.Index? {
    if inside.drop(while: \.isWhitespace).hasPrefix("/*") {
      guard let close = inside.firstRange(of: "*/") else { return nil }
      return inside[close.upperBound...].firstRange(of: "}}")?.lowerBound
    }
    var quote: Character?
    var index = inside.startIndex
    while index < inside.endIndex {
      let character = inside[index]
      if let open = quote {
        if character == "\\", open != "`" {
          index = inside.index(after: index)
          if index == inside.endIndex { return nil }
        } else if character == open {
          quote = nil
        }
      } else if "\"`'".contains(character) {
        quote = character
      } else if inside[index...].hasPrefix("}}") {
        return index
      }
      index = inside.index(after: index)
    }
    return nil
  }
}
