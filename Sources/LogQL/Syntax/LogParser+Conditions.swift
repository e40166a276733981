import PromQL

extension LogParser {
  /// A condition on labels.
  ///
  /// `and` binds more tightly than `or`; behind a comma, or behind nothing at all, everything that
  /// follows is one condition, as in Loki's grammar.
  mutating func condition(above floor: Int = 0) throws(LogSyntaxError) -> LabelCondition {
    try enter()
    var left = try simpleCondition()
    var chain = 0
    while true {
      chain += 1
      try checkDepth(below: chain)
      if next.keyword == "or" {
        guard floor < 1 else { break }
        take()
        left = .either(left, try condition(above: 1))
      } else if next.keyword == "and" {
        guard floor < 2 else { break }
        take()
        left = .both(left, try condition(above: 2))
      } else if next.isMark(",") {
        take()
        left = .both(left, try condition())
      } else if startsCondition {
        left = .both(left, try condition())
      } else {
        break
      }
    }
    leave()
    return left
  }

  private var startsCondition: Bool {
    if next.isMark("(") { return true }
    guard case .word = next.kind, next.keyword != "by", next.keyword != "without",
      next.keyword != "offset", next.keyword != "unless"
    else { return false }
    return true
  }

  private mutating func simpleCondition() throws(LogSyntaxError) -> LabelCondition {
    if takes("(") {
      let inner = try condition()
      try expect(")")
      return inner
    }
    let start = next
    let label = try name("a label name or a stage")
    guard case .mark(let mark) = next.kind,
      ["=", "==", "!=", "=~", "!~", ">", ">=", "<", "<="].contains(mark)
    else { throw unexpected("a comparison such as = != =~ !~ > >= < <=") }
    take()
    if case .string(let text) = next.kind, mark != "==" {
      guard let comparison = LabelMatcher.Comparison(rawValue: mark) else {
        throw unexpected("a number, a duration or a size")
      }
      take()
      return .text(try matcher(label, comparison, text, at: start))
    }
    if next.keyword == "ip", second.isMark("(") {
      guard mark == "=" || mark == "!=" else {
        throw error("ip: invalid operation, expected = or !=", at: start.position)
      }
      return .address(label: label, isNegated: mark == "!=", try addressRange())
    }
    guard let comparison = LabelCondition.Comparison(rawValue: mark == "=" ? "==" : mark) else {
      throw unexpected("a string in quotes")
    }
    return try condition(label, comparison)
  }

  private mutating func condition(
    _ label: String, _ comparison: LabelCondition.Comparison
  ) throws(LogSyntaxError) -> LabelCondition {
    switch next.kind {
    case .duration(let nanoseconds):
      take()
      return .duration(label: label, comparison, nanoseconds: nanoseconds)
    case .bytes(let size):
      take()
      return .bytes(label: label, comparison, size)
    default:
      guard let value = try signedNumber() else {
        throw unexpected("a string, a number, a duration or a size")
      }
      return .number(label: label, comparison, value)
    }
  }

  /// A number with or without a sign, or nil when none is at hand.
  mutating func signedNumber() throws(LogSyntaxError) -> Double? {
    let isSigned = next.isMark("-") || next.isMark("+")
    guard case .number(let text) = isSigned ? second.kind : next.kind else { return nil }
    let isNegative = next.isMark("-")
    if isSigned { take() }
    guard let value = number(text) else { throw error("unable to parse literal as a float") }
    take()
    return isNegative ? -value : value
  }

  private func number(_ text: String) -> Double? {
    if text.lowercased().hasPrefix("0x") {
      return UInt64(text.dropFirst(2), radix: 16).map { Double($0) }
    }
    return GoNumber.value(Array(text.utf8))
  }
}
