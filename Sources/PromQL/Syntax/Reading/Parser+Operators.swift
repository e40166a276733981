import Canonical

extension BinaryOperator {
  /// How strongly it binds; more binds first. All but `^` group from the left.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and, .unless: 2
    case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: 3
    case .add, .subtract: 4
    case .multiply, .divide, .modulo, .atan2: 5
    case .power: 6
    }
  }
}

extension Parser {
  /// The operator at hand with its modifiers and its right operand.
  mutating func operation(
    _ op: BinaryOperator, after left: Tree
  ) throws(QuerySyntaxError) -> Tree {
    let opStart = token.start
    try advance()
    let returnsBool = try take(.keyword(.bool))
    let matching = try matching()
    let right = try expression(precedence: op == .power ? op.precedence : op.precedence + 1)
    var node = BinaryOperation(
      op: op, left: left.expression, right: right.expression, returnsBool: returnsBool,
      matching: matching, position: place(from: left.expression.position.start))
    check(&node, opStart: opStart)
    return try tree(.binary(node), over: max(left.depth, right.depth))
  }

  private mutating func matching() throws(QuerySyntaxError) -> VectorMatching {
    var matching = VectorMatching(
      cardinality: .oneToOne, isOn: false, labels: [], included: [])
    if token.kind == .keyword(.on) || token.kind == .keyword(.ignoring) {
      matching.isOn = token.kind == .keyword(.on)
      try advance()
      matching.labels = try groupingLabels()
      if token.kind == .keyword(.groupLeft) || token.kind == .keyword(.groupRight) {
        matching.cardinality = token.kind == .keyword(.groupLeft) ? .manyToOne : .oneToMany
        try advance()
        if token.kind == .leftParenthesis { matching.included = try groupingLabels() }
      }
    }
    matching.fill = try fill()
    return matching
  }

  private mutating func fill() throws(QuerySyntaxError) -> VectorMatching.Fill {
    var fill = VectorMatching.Fill()
    if try take(.keyword(.fill)) {
      fill.left = try fillValue()
      fill.right = fill.left
      return fill
    }
    if try take(.keyword(.fillLeft)) {
      fill.left = try fillValue()
      if try take(.keyword(.fillRight)) { fill.right = try fillValue() }
    } else if try take(.keyword(.fillRight)) {
      fill.right = try fillValue()
      if try take(.keyword(.fillLeft)) { fill.left = try fillValue() }
    }
    return fill
  }

  private mutating func fillValue() throws(QuerySyntaxError) -> Double {
    try expect(.leftParenthesis)
    let isNegative = token.kind == .op(.subtract)
    if isNegative || token.kind == .op(.add) { try advance() }
    guard token.kind == .number || token.kind == .duration else { throw unexpected() }
    let value = try takeNumber()
    try expect(.rightParenthesis)
    return isNegative && !value.isNaN ? -value : value
  }

  /// `(label, "quoted label", …)`, a comma may follow the last.
  mutating func groupingLabels() throws(QuerySyntaxError) -> [String] {
    let context = "grouping opts"
    try expect(.leftParenthesis, in: context, expected: "\"(\"")
    var labels: [String] = []
    while token.kind != .rightParenthesis {
      labels.append(try groupingLabel())
      guard try take(.comma) else {
        try expect(.rightParenthesis, in: context, expected: "\",\" or \")\"")
        return labels
      }
    }
    try advance()
    return labels
  }

  private mutating func groupingLabel() throws(QuerySyntaxError) -> String {
    switch token.kind {
    case .string:
      let start = token.start
      let label = try takeString()
      if label.isEmpty {
        throw source.error(at: start, "invalid label name for grouping: \"\"")
      }
      return label
    case .identifier, .aggregator, .op(.and), .op(.or), .op(.unless), .op(.atan2): break
    case .keyword(let word) where word != .without: break
    default: throw unexpected(in: "grouping opts", expected: "label")
    }
    let label = source.text(token.start, token.end)
    try advance()
    return label
  }

  // MARK: Types

  /// Reports what two operands of their types cannot do, and leaves the matching that counts.
  private mutating func check(_ node: inout BinaryOperation, opStart: Int) {
    let (left, right) = (node.left.type, node.right.type)
    let opPosition = source.place(opStart, opStart)
    if node.returnsBool && !node.op.isComparison {
      report(at: opPosition, "bool modifier can only be used on comparison operators")
    }
    if node.op.isComparison && !node.returnsBool && left == .scalar && right == .scalar {
      report(at: opPosition, "comparisons between scalars must use BOOL modifier")
    }
    guard var matching = node.matching else { return }
    if node.op.isSet && matching.cardinality == .oneToOne { matching.cardinality = .manyToMany }
    if matching.isOn,
      let label = matching.labels.first(where: { label in
        matching.included.contains { $0.hasSameBytes(as: label) }
      })
    {
      report(
        at: opPosition,
        "label \(QuotedText.quoted(label)) must not occur in ON and GROUP clause at once")
    }
    for operand in [node.left, node.right] where ![.scalar, .vector].contains(operand.type) {
      report(
        at: operand.position,
        "binary expression must contain only scalar and instant vector types")
    }
    if left == .vector && right == .vector {
      node.matching = matching
      if node.op.isSet { checkSet(node, matching) }
      return
    }
    node.matching = nil
    checkScalar(node, matching)
  }

  private mutating func checkSet(_ node: BinaryOperation, _ matching: VectorMatching) {
    if matching.cardinality != .manyToMany {
      report(at: node.position, "no grouping allowed for \"\(node.op.rawValue)\" operation")
    }
    if matching.fill.left != nil || matching.fill.right != nil {
      report(at: node.position, "filling in missing series not allowed for set operators")
    }
  }

  private mutating func checkScalar(_ node: BinaryOperation, _ matching: VectorMatching) {
    if !matching.labels.isEmpty {
      report(at: node.position, "vector matching only allowed between instant vectors")
    }
    if matching.fill.left != nil || matching.fill.right != nil {
      report(at: node.position, "filling in missing series only allowed between instant vectors")
    }
    if node.op.isSet {
      report(
        at: node.position,
        "set operator \"\(node.op.rawValue)\" not allowed in binary scalar expression")
    }
  }
}
