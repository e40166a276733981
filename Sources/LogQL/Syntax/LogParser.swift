import PromQL

/// Reads the tokens of a query: a parser by descent, with one token of sight.
///
/// - Source: Loki 3, pkg/logql/syntax/syntax.y.
struct LogParser {
  private let tokens: [LogToken]
  private let depthLimit: Int
  private var index = 0
  private var depth = 0

  init(tokens: [LogToken], depthLimit: Int) {
    self.tokens = tokens
    self.depthLimit = depthLimit
  }

  /// The whole query.
  mutating func query() throws(LogSyntaxError) -> LogQuery {
    let operand = try operand(above: 0)
    if next.kind != .end { throw unexpected("an operator or the end of the query") }
    return operand
  }

  /// The token at hand.
  var next: LogToken { tokens[index] }

  /// The token behind the one at hand.
  var second: LogToken { tokens[min(index + 1, tokens.count - 1)] }

  /// Takes the token at hand.
  @discardableResult mutating func take() -> LogToken {
    let token = tokens[index]
    if index + 1 < tokens.count { index += 1 }
    return token
  }

  /// Takes the mark if it is at hand.
  mutating func takes(_ mark: String) -> Bool {
    guard next.isMark(mark) else { return false }
    take()
    return true
  }

  /// Takes the keyword if it is at hand.
  mutating func takes(keyword: String) -> Bool {
    guard next.keyword == keyword else { return false }
    take()
    return true
  }

  mutating func expect(_ mark: String) throws(LogSyntaxError) {
    guard takes(mark) else { throw unexpected("\"\(mark)\"") }
  }

  mutating func name(_ what: String = "a label name") throws(LogSyntaxError) -> String {
    guard case .word(let text) = next.kind else { throw unexpected(what) }
    take()
    return text
  }

  mutating func string(_ what: String = "a string") throws(LogSyntaxError) -> String {
    guard case .string(let text) = next.kind else { throw unexpected(what) }
    take()
    return text
  }

  /// Where what began at `start` has ended.
  func position(from start: LogToken) -> SourceRange {
    SourceRange(
      start: start.position.start, end: tokens[max(0, index - 1)].position.end,
      line: start.position.line, column: start.position.column)
  }

  func unexpected(_ expected: String) -> LogSyntaxError {
    error("syntax error: unexpected \(next.described), expected \(expected)")
  }

  func error(_ message: String, at position: SourceRange? = nil) -> LogSyntaxError {
    let place = position ?? next.position
    return LogSyntaxError(line: place.line, column: place.column, message: message)
  }

  /// Goes one level down; `leave` goes up again.
  mutating func enter() throws(LogSyntaxError) {
    depth += 1
    try checkDepth(below: 0)
  }

  /// Refuses what is too deep: each operator of a chain makes its tree one level deeper on the left.
  func checkDepth(below chain: Int) throws(LogSyntaxError) {
    if depth + chain > depthLimit {
      throw error("the query nests deeper than \(depthLimit) levels")
    }
  }

  mutating func leave() { depth -= 1 }
}

// MARK: Operators

extension LogParser {
  /// An operand and the operators behind it that bind more tightly than `floor`.
  ///
  /// A log query can stand alone or in parentheses; an operator on it is an error.
  mutating func operand(above floor: Int) throws(LogSyntaxError) -> LogQuery {
    try enter()
    let start = next
    var left = try primary()
    var chain = 0
    while let (op, strength) = binaryOperator(), strength > floor {
      chain += 1
      try checkDepth(below: chain)
      let leftMetric = try metric(left, "left", op, at: start.position)
      let opToken = take()
      let returnsBool = takes(keyword: "bool")
      let matching = try self.matching(of: op)
      let rightStart = next
      // `^` is right-associative: its right side may hold another of the same strength.
      let right = try operand(above: op == .power ? strength - 1 : strength)
      let rightMetric = try metric(right, "right", op, at: rightStart.position)
      let node = MetricOperation(
        op: op, left: leftMetric, right: rightMetric, returnsBool: returnsBool,
        matching: matching, position: position(from: start))
      try check(node, at: opToken.position)
      left = .metric(.operation(node))
    }
    leave()
    return left
  }

  private func binaryOperator() -> (BinaryOperator, Int)? {
    let text: String
    switch next.kind {
    case .mark(let mark): text = mark
    case .word(let word): text = word.lowercased()
    default: return nil
    }
    guard text != "atan2", let op = BinaryOperator(rawValue: text) else { return nil }
    switch op {
    case .or: return (op, 1)
    case .and, .unless: return (op, 2)
    case _ where op.isComparison: return (op, 3)
    case .add, .subtract: return (op, 4)
    case .power: return (op, 6)
    default: return (op, 5)
    }
  }

  private func metric(
    _ query: LogQuery, _ side: String, _ op: BinaryOperator, at position: SourceRange
  ) throws(LogSyntaxError) -> MetricExpression {
    if case .metric(let expression) = query { return expression }
    throw error(
      "unexpected type for \(side) leg of binary operation (\(op.rawValue)): log lines, expected"
        + " a metric query such as rate(…)", at: position)
  }

  private func check(
    _ node: MetricOperation, at position: SourceRange
  ) throws(LogSyntaxError) {
    if node.returnsBool && !node.op.isComparison {
      throw error("bool modifier can only be used on comparison operators", at: position)
    }
    guard node.op.isSet else { return }
    for (side, operand) in [("left", node.left), ("right", node.right)] {
      if case .number(let value) = operand {
        throw error(
          "unexpected literal for \(side) leg of logical/set binary operation"
            + " (\(node.op.rawValue)): \(value)", at: position)
      }
    }
    if node.matching.cardinality == .manyToOne || node.matching.cardinality == .oneToMany {
      throw error(
        "no grouping allowed for \"\(node.op.rawValue)\" operation", at: position)
    }
  }

  private mutating func matching(of op: BinaryOperator) throws(LogSyntaxError) -> VectorMatching {
    let plain: VectorMatching.Cardinality = op.isSet ? .manyToMany : .oneToOne
    guard next.keyword == "on" || next.keyword == "ignoring", second.isMark("(") else {
      return VectorMatching(cardinality: plain, isOn: false, labels: [], included: [])
    }
    let isOn = take().keyword == "on"
    let labels = try names()
    let side = next.keyword
    guard side == "group_left" || side == "group_right" else {
      return VectorMatching(cardinality: plain, isOn: isOn, labels: labels, included: [])
    }
    take()
    let included = next.isMark("(") ? try names() : []
    return VectorMatching(
      cardinality: side == "group_left" ? .manyToOne : .oneToMany, isOn: isOn, labels: labels,
      included: included)
  }

  /// `(a, b)`, perhaps empty.
  mutating func names() throws(LogSyntaxError) -> [String] {
    try expect("(")
    if takes(")") { return [] }
    var names = [try name()]
    while takes(",") { names.append(try name()) }
    try expect(")")
    return names
  }
}
