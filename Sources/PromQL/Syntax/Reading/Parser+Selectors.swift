import Canonical
import Patterns
import Telemetry

extension Parser {
  /// The selector whose name, if it has one before its braces, has been stepped over.
  mutating func selector(named name: Token?) throws(QuerySyntaxError) -> VectorSelector {
    let start = name?.start ?? token.start
    var matchers: [LabelMatcher] = []
    if token.kind == .leftBrace { matchers = try matcherList() }
    let position = place(from: start)
    if let name {
      let text = source.text(name.start, name.end)
      if let second = matchers.first(where: { $0.name.hasSameBytes(as: "__name__") }) {
        report(
          at: position,
          "metric name must not be set twice: \(QuotedText.quoted(text)) or "
            + QuotedText.quoted(second.value))
      }
      matchers.insert(LabelMatcher("__name__", equals: text), at: 0)
    } else if !matchers.contains(where: { !$0.isSatisfied(by: "") }) {
      report(at: position, "vector selector must contain at least one non-empty matcher")
    }
    return VectorSelector(matchers: matchers, shift: .none, modifier: nil, position: position)
  }

  /// `{label="value", "metric", "label"=~"value", …}`, a comma may follow the last.
  private mutating func matcherList() throws(QuerySyntaxError) -> [LabelMatcher] {
    let context = "label matching"
    try expect(.leftBrace)
    var matchers: [LabelMatcher] = []
    while token.kind != .rightBrace {
      matchers.append(try matcher())
      guard try take(.comma) else {
        try expect(.rightBrace, in: context, expected: "\",\" or \"}\"")
        return matchers
      }
    }
    try advance()
    return matchers
  }

  private mutating func matcher() throws(QuerySyntaxError) -> LabelMatcher {
    let context = "label matching"
    let first = token
    let isQuoted = token.kind == .string
    let name: String
    if isQuoted {
      name = try takeString()
    } else if token.kind == .identifier {
      name = source.text(token.start, token.end)
      try advance()
    } else {
      throw unexpected(in: context, expected: "identifier or \"}\"")
    }
    let comparison: LabelMatcher.Comparison
    switch token.kind {
    case .comparison(let found): comparison = found
    case .op(.notEqual): comparison = .notEqual
    case .comma where isQuoted, .rightBrace where isQuoted:
      return LabelMatcher("__name__", equals: name)
    default:
      throw isQuoted
        ? unexpected(in: context, expected: "\",\" or \"}\"")
        : unexpected(in: context, expected: "label matching operator")
    }
    try advance()
    guard token.kind == .string else { throw unexpected(in: context, expected: "string") }
    let value = try takeString()
    do {
      return try LabelMatcher(name: name, comparison: comparison, value: value)
    } catch {
      throw source.error(at: first.start, "error parsing regexp: \(error.description)")
    }
  }

  // MARK: Modifiers

  /// The expression with whatever `[…]`, `offset`, `@`, `anchored` and `smoothed` follow it.
  mutating func modified(_ tree: Tree) throws(QuerySyntaxError) -> Tree {
    var tree = tree
    while true {
      switch token.kind {
      case .leftBracket: tree = try ranged(tree)
      case .at:
        try advance()
        let anchor = try anchor(for: tree.expression.position)
        try change(&tree, "@ modifier") { (parser, shift, position) in
          if shift.anchor != nil {
            parser.report(at: position, "@ <timestamp> may not be set multiple times")
          }
          shift.anchor = anchor
        }
      case .keyword(.offset):
        try advance()
        let offset = try offset()
        try change(&tree, "offset modifier") { (parser, shift, position) in
          if shift.offset != nil {
            parser.report(at: position, "offset may not be set multiple times")
          }
          shift.offset = offset
        }
      case .keyword(.anchored), .keyword(.smoothed):
        let modifier: RangeModifier = token.kind == .keyword(.anchored) ? .anchored : .smoothed
        try advance()
        mark(&tree.expression, modifier)
      default: return tree
      }
    }
  }

  /// Changes the time shift of a selector or subquery; anything else has none.
  private mutating func change(
    _ tree: inout Tree, _ what: String,
    _ body: (_ parser: inout Parser, _ shift: inout TimeShift, _ position: SourceRange) -> Void
  ) throws(QuerySyntaxError) {
    let position = tree.expression.position
    let extended = place(from: position.start)
    switch tree.expression {
    case .vectorSelector(var node):
      body(&self, &node.shift, position)
      node.position = extended
      tree.expression = .vectorSelector(node)
    case .matrixSelector(var node):
      body(&self, &node.selector.shift, position)
      node.position = extended
      tree.expression = .matrixSelector(node)
    case .subquery(var node):
      body(&self, &node.shift, position)
      node.position = extended
      tree.expression = .subquery(node)
    default:
      throw source.error(
        at: position,
        "\(what) must be preceded by an instant vector selector or range vector selector or a "
          + "subquery")
    }
  }

  private mutating func mark(_ expression: inout Expression, _ modifier: RangeModifier) {
    let position = expression.position
    let clash = "anchored and smoothed modifiers cannot be used together"
    switch expression {
    case .vectorSelector(var node):
      if node.modifier ?? modifier != modifier { report(at: position, clash) }
      node.modifier = modifier
      node.position = place(from: position.start)
      expression = .vectorSelector(node)
    case .matrixSelector(var node):
      if node.selector.modifier ?? modifier != modifier { report(at: position, clash) }
      node.selector.modifier = modifier
      node.position = place(from: position.start)
      expression = .matrixSelector(node)
    case .subquery:
      report(at: position, "\(modifier.rawValue) modifier is not supported for subqueries")
    default:
      report(at: position, "\(modifier.rawValue) modifier not implemented")
    }
  }

  private mutating func anchor(
    for position: SourceRange
  ) throws(QuerySyntaxError) -> TimeShift.Anchor {
    switch token.kind {
    case .keyword(.start), .keyword(.end):
      let anchor: TimeShift.Anchor = token.kind == .keyword(.start) ? .start : .end
      try advance()
      try expect(.leftParenthesis, in: "@", expected: "timestamp")
      try expect(.rightParenthesis, in: "@", expected: "timestamp")
      return anchor
    default: break
    }
    let isNegative = token.kind == .op(.subtract)
    if isNegative || token.kind == .op(.add) { try advance() }
    guard token.kind == .number || token.kind == .duration else {
      throw unexpected(in: "@", expected: "timestamp")
    }
    let value = try takeNumber()
    let milliseconds = ((isNegative ? -value : value) * 1000).rounded()
    // The range of `Timestamp`: 1677 to 2262.
    guard milliseconds.isFinite, abs(milliseconds) < 9.2e15 else {
      throw source.error(
        at: position,
        "timestamp out of bounds for @ modifier: \(Canonical.text(isNegative ? -value : value))")
    }
    return .instant(Timestamp(nanoseconds: Int64(milliseconds) &* 1_000_000))
  }

  /// `[range]`, `[range:]` or `[range:step]`.
  private mutating func ranged(_ tree: Tree) throws(QuerySyntaxError) -> Tree {
    let bracket = token.start
    try advance()
    let range = try positiveDuration(in: "subquery or range selector")
    if try take(.colon) { return try subquery(tree, range) }
    try expect(.rightBracket, in: "subquery or range", expected: "\":\" or \"]\"")
    let start = tree.expression.position.start
    guard case .vectorSelector(let selector) = tree.expression else {
      throw source.error(at: bracket, "ranges only allowed for vector selectors")
    }
    if selector.shift.offset != nil {
      throw source.error(at: bracket, "no offset modifiers allowed before range")
    }
    if selector.shift.anchor != nil {
      throw source.error(at: bracket, "no @ modifiers allowed before range")
    }
    let node = MatrixSelector(selector: selector, range: range, position: place(from: start))
    return Tree(expression: .matrixSelector(node), depth: tree.depth)
  }

  private mutating func subquery(
    _ inner: Tree, _ range: DurationExpression
  ) throws(QuerySyntaxError) -> Tree {
    var step: DurationExpression?
    if token.kind != .rightBracket {
      step = try positiveDuration(
        in: "subquery selector", orElse: " or \"]\"")
    }
    try expect(.rightBracket, in: "subquery selector", expected: "\"]\"")
    let position = place(from: inner.expression.position.start)
    let type = inner.expression.type
    if type != .vector {
      report(
        at: position,
        "subquery is only allowed on instant vector, got \(type == .matrix ? "matrix" : type.rawValue)"
          + " instead")
    }
    let node = Subquery(
      inner: inner.expression, range: range, step: step, shift: .none, modifier: nil,
      position: position)
    return try self.tree(.subquery(node), over: inner.depth)
  }
}
