import Canonical
import Telemetry

/// Reads one expression by precedence climbing and checks its types on the way.
///
/// A mistake of grammar ends the reading at once; the first mistake of types is kept until the end,
/// since Prometheus reports it only for a text that is otherwise well formed.
///
/// - Source: prometheus/promql/parser/generated_parser.y and parse.go.
struct Parser {
  let source: QueryText
  private let limits: SyntaxLimits
  private var lexer: Lexer
  /// The next token.
  private(set) var token: Token
  /// The offset of the byte after the last token that was stepped over.
  private(set) var lastEnd = 0
  private var nesting = 0
  /// How many aggregations are open: their errors name them.
  var openAggregations = 0
  /// Whether a string that comes next is the label of `count_values`.
  var isReadingLabelName = false
  private var typeError: QuerySyntaxError?

  /// An expression, and how deep its tree is.
  struct Tree {
    var expression: Expression
    var depth: Int
  }

  init(_ text: String, limits: SyntaxLimits) throws(QuerySyntaxError) {
    guard text.utf8.count <= limits.bytes else {
      throw QuerySyntaxError(
        line: 1, column: 1,
        message: "query of \(text.utf8.count) bytes is longer than \(limits.bytes): shorten it")
    }
    source = QueryText(text)
    self.limits = limits
    lexer = Lexer(source)
    token = try lexer.next()
  }

  /// The whole text as one expression.
  mutating func parse() throws(QuerySyntaxError) -> Expression {
    if token.kind == .end { throw source.error(at: 0, "no expression found in input") }
    let tree = try expression()
    guard token.kind == .end else { throw unexpected() }
    if let typeError { throw typeError }
    return tree.expression
  }

  // MARK: Expressions

  /// An expression whose operators bind at least as strongly as `precedence`.
  mutating func expression(precedence: Int = 0) throws(QuerySyntaxError) -> Tree {
    nesting += 1
    defer { nesting -= 1 }
    try checkDepth(nesting)
    var left = try signed()
    while case .op(let op) = token.kind, op.precedence >= precedence {
      left = try operation(op, after: left)
    }
    return left
  }

  private mutating func signed() throws(QuerySyntaxError) -> Tree {
    guard case .op(let op) = token.kind, op == .add || op == .subtract else {
      return try modified(try primary())
    }
    let start = token.start
    try advance()
    let operand = try expression(precedence: BinaryOperator.power.precedence)
    let position = place(from: start)
    if case .number(var number) = operand.expression {
      if op == .subtract { number.value = number.value.isNaN ? .nan : -number.value }
      number.position = position
      return Tree(expression: .number(number), depth: operand.depth)
    }
    let type = operand.expression.type
    if type != .scalar && type != .vector {
      report(
        at: position,
        "unary expression only allowed on expressions of type scalar or instant vector, got "
          + "\"\(type.rawValue)\"")
    }
    let node = UnaryOperation(
      isNegation: op == .subtract, operand: operand.expression, position: position)
    return try tree(.unary(node), over: operand.depth)
  }

  private mutating func primary() throws(QuerySyntaxError) -> Tree {
    let first = token
    switch first.kind {
    case .number, .duration:
      let value = try takeNumber()
      return leaf(.number(NumberLiteral(value: value, position: place(from: first.start))))
    case .string:
      let value = try takeString()
      return leaf(.string(StringLiteral(value: value, position: place(from: first.start))))
    case .leftParenthesis: return try parenthesized()
    case .leftBrace: return leaf(.vectorSelector(try selector(named: nil)))
    case .identifier, .metricName:
      try advance()
      if first.kind == .identifier && token.kind == .leftParenthesis {
        return try call(source.text(first.start, first.end), from: first.start)
      }
    case .aggregator(let op):
      try advance()
      if startsAggregation { return try aggregation(op, from: first.start) }
    case .keyword(let word) where word.canNameMetric:
      try advance()
      if word.isFunction && token.kind == .leftParenthesis {
        return try call(word.rawValue, from: first.start)
      }
    case .op(.and), .op(.or), .op(.unless): try advance()
    default: throw unexpected()
    }
    return leaf(.vectorSelector(try selector(named: first)))
  }

  private mutating func parenthesized() throws(QuerySyntaxError) -> Tree {
    let start = token.start
    try advance()
    let inner = try expression()
    try expect(.rightParenthesis)
    let node = Parentheses(inner: inner.expression, position: place(from: start))
    return try tree(.parenthesized(node), over: inner.depth)
  }

  private var startsAggregation: Bool {
    switch token.kind {
    case .leftParenthesis, .keyword(.by), .keyword(.without): true
    default: false
    }
  }

  // MARK: Literals

  /// The value of a number or duration.
  mutating func takeNumber() throws(QuerySyntaxError) -> Double {
    let text = source.text(token.start, token.end)
    let start = token.start
    let isDuration = token.kind == .duration
    try advance()
    if isDuration {
      guard let span = DurationText.span(text) else {
        throw source.error(at: start, DurationText.complaint(about: text))
      }
      return span.seconds
    }
    do {
      return try NumberText.value(text)
    } catch {
      throw source.error(
        at: start,
        "error parsing number: strconv.ParseFloat: parsing \(QuotedText.quoted(text)): "
          + error.rawValue)
    }
  }

  /// The text of a string.
  mutating func takeString() throws(QuerySyntaxError) -> String {
    guard let value = token.value else {
      let text = source.text(token.start, token.end)
      throw source.error(
        at: token.start,
        isReadingLabelName ? "invalid label name \(text)" : "string \(text) is not valid UTF-8")
    }
    isReadingLabelName = false
    try advance()
    return value
  }

  // MARK: Tokens

  mutating func advance() throws(QuerySyntaxError) {
    lastEnd = token.end
    token = try lexer.next()
  }

  /// Steps over a token that has to stand here.
  mutating func expect(
    _ kind: Token.Kind, in context: String? = nil, expected: String? = nil
  ) throws(QuerySyntaxError) {
    guard token.kind == kind else { throw unexpected(in: context, expected: expected) }
    try advance()
  }

  /// Steps over a token if it stands here.
  mutating func take(_ kind: Token.Kind) throws(QuerySyntaxError) -> Bool {
    guard token.kind == kind else { return false }
    try advance()
    return true
  }

  /// The complaint about the next token.
  func unexpected(in context: String? = nil, expected: String? = nil) -> QuerySyntaxError {
    var message = "unexpected " + source.description(of: token)
    if let context = context ?? (openAggregations > 0 ? "aggregation" : nil) {
      message += " in " + context
    }
    if let expected { message += ", expected " + expected }
    return source.error(at: token.start, message)
  }

  /// Notes a mistake of types; only the first counts.
  mutating func report(at position: SourceRange, _ message: String) {
    if typeError == nil { typeError = source.error(at: position, message) }
  }

  // MARK: Nodes

  /// The range from `start` to the last token that was stepped over.
  func place(from start: Int) -> SourceRange { source.place(start, lastEnd) }

  func leaf(_ expression: Expression) -> Tree { Tree(expression: expression, depth: 1) }

  /// A node over children of which the deepest has `depth` levels.
  func tree(_ expression: Expression, over depth: Int) throws(QuerySyntaxError) -> Tree {
    try checkDepth(depth + 1)
    return Tree(expression: expression, depth: depth + 1)
  }

  func checkDepth(_ depth: Int) throws(QuerySyntaxError) {
    guard depth <= limits.depth else {
      throw source.error(
        at: token.start,
        "expression is nested deeper than \(limits.depth) levels: split it into smaller queries")
    }
  }

  /// Runs `body` one level deeper.
  mutating func nested<Value>(
    _ body: (inout Parser) throws(QuerySyntaxError) -> Value
  ) throws(QuerySyntaxError) -> Value {
    nesting += 1
    defer { nesting -= 1 }
    try checkDepth(nesting)
    return try body(&self)
  }
}
