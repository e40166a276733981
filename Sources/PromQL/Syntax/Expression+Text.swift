import Canonical
import Telemetry

extension Expression {
  /// The canonical text in Prometheus's own style: parsing it gives an equal expression, and equal
  /// expressions have equal texts.
  ///
  /// Matchers are sorted; parentheses stand where the expression has them, and where a tree that
  /// was not read from text needs them.
  public var text: String {
    switch self {
    case .number(let node): node.text
    case .string(let node): QuotedText.quoted(node.value)
    case .vectorSelector(let node): node.text(range: "")
    case .matrixSelector(let node): node.selector.text(range: "[\(node.range.text)]")
    case .subquery(let node): node.text
    case .unary(let node):
      (node.isNegation ? "-" : "+") + node.operand.text(inside: needsParentheses(node.operand))
    case .binary(let node): node.text
    case .aggregation(let node): node.text
    case .call(let node): "\(node.name)(\(node.arguments.map(\.text).joined(separator: ", ")))"
    case .parenthesized(let node): "(\(node.inner.text))"
    }
  }

  /// How strongly its outermost operator binds; nil when none stands outermost.
  var precedence: Int? {
    switch self {
    case .binary(let node): node.op.precedence
    case .unary: Self.signPrecedence
    case .number(let node) where node.value.sign == .minus && !node.value.isNaN:
      Self.signPrecedence
    default: nil
    }
  }

  /// A sign binds like `*`.
  static let signPrecedence = BinaryOperator.multiply.precedence

  fileprivate func text(inside parentheses: Bool) -> String { parentheses ? "(\(text))" : text }

  /// Whether an operand of this sign or subquery would be read otherwise without parentheses.
  func needsParentheses(_ operand: Expression) -> Bool {
    switch self {
    case .unary:
      if case .binary(let inner) = operand { return inner.op != .power }
      // A sign before a number is read as a part of it.
      if case .number = operand { return true }
      return false
    case .subquery: return operand.precedence != nil
    default: return false
    }
  }
}

extension BinaryOperation {
  /// Whether the left operand would be read otherwise without parentheses.
  func leftNeedsParentheses(_ operand: Expression) -> Bool {
    guard let inner = operand.precedence else { return false }
    return op == .power ? inner <= op.precedence : inner < op.precedence
  }

  /// Whether the right operand would be read otherwise without parentheses.
  func rightNeedsParentheses(_ operand: Expression) -> Bool {
    guard case .binary(let inner) = operand else { return false }
    return op == .power
      ? inner.op.precedence < op.precedence : inner.op.precedence <= op.precedence
  }

  fileprivate var text: String {
    let first = left.text(inside: leftNeedsParentheses(left))
    let second = right.text(inside: rightNeedsParentheses(right))
    let matching = matching.map(\.text) ?? ""
    return "\(first) \(op.rawValue)\(returnsBool ? " bool" : "")\(matching) \(second)"
  }
}

extension VectorMatching {
  /// The modifiers, each after a space; empty when nothing was asked for.
  fileprivate var text: String {
    var text = ""
    let isGrouped = cardinality == .manyToOne || cardinality == .oneToMany
    if isOn || isGrouped || !labels.isEmpty {
      text += " \(isOn ? "on" : "ignoring") (\(LabelNameText.list(labels)))"
    }
    if isGrouped {
      let side = cardinality == .manyToOne ? "left" : "right"
      text += " group_\(side) (\(LabelNameText.list(included)))"
    }
    if let left = fill.left, let right = fill.right, left.bitPattern == right.bitPattern {
      return text + " fill (\(NumberLiteral.text(left)))"
    }
    if let left = fill.left { text += " fill_left (\(NumberLiteral.text(left)))" }
    if let right = fill.right { text += " fill_right (\(NumberLiteral.text(right)))" }
    return text
  }
}

extension NumberLiteral {
  fileprivate var text: String { Self.text(value) }

  /// The number without a plus sign, which would bind weaker than `^`.
  fileprivate static func text(_ value: Double) -> String {
    if value == .infinity { return "Inf" }
    return value == 0 && value.sign == .minus ? "-0" : Canonical.text(value)
  }
}

extension Aggregation {
  fileprivate var text: String {
    let arguments = [parameter, operand].compactMap { $0?.text }.joined(separator: ", ")
    if !isWithout && grouping.isEmpty { return "\(op.rawValue)(\(arguments))" }
    let labels = LabelNameText.list(grouping)
    return "\(op.rawValue) \(isWithout ? "without" : "by") (\(labels)) (\(arguments))"
  }
}

extension VectorSelector {
  /// The name, the matchers, the range and the modifiers.
  fileprivate func text(range: String) -> String {
    var rest = matchers
    var name = ""
    let names = matchers.indices.filter { matchers[$0].name.hasSameBytes(as: "__name__") }
    if names.count == 1, matchers[names[0]].comparison == .equal, !matchers[names[0]].value.isEmpty
    {
      name = rest.remove(at: names[0]).value
    }
    var conditions = rest.map(\.text).sorted { $0.precedesInBytes($1) }
    if !name.isEmpty && !LabelNameText.isMetricName(name) {
      conditions.insert(QuotedText.quoted(name), at: 0)
      name = ""
    }
    let isBare = conditions.isEmpty && !name.isEmpty
    let braces = isBare ? "" : "{\(conditions.joined(separator: ","))}"
    return name + braces + range + (modifier.map { " \($0.rawValue)" } ?? "") + shift.text
  }
}

extension LabelMatcher {
  fileprivate var text: String {
    LabelNameText.text(name) + comparison.rawValue + QuotedText.quoted(value)
  }
}

extension Subquery {
  fileprivate var text: String {
    let needs = Expression.subquery(self).needsParentheses(inner)
    let modifier = modifier.map { " \($0.rawValue)" } ?? ""
    return inner.text(inside: needs) + "[\(range.text):\(step?.text ?? "")]" + modifier + shift.text
  }
}

extension TimeShift {
  /// The modifiers, each after a space.
  fileprivate var text: String {
    let at =
      switch anchor {
      case nil: ""
      case .start: " @ start()"
      case .end: " @ end()"
      case .instant(let instant): " @ " + Self.seconds(instant)
      }
    return at + (offset.map { " offset " + $0.termText } ?? "")
  }

  /// Seconds since the epoch with as many of three decimals as are needed.
  private static func seconds(_ instant: Timestamp) -> String {
    let milliseconds = instant.nanoseconds / 1_000_000
    let sign = milliseconds < 0 ? "-" : ""
    let (whole, fraction) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
    if fraction == 0 { return "\(sign)\(whole)" }
    var decimals = String(fraction + 1000).dropFirst()
    while decimals.last == "0" { decimals.removeLast() }
    return "\(sign)\(whole).\(decimals)"
  }
}
