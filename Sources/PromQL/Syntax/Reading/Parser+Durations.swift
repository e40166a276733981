internal import Glibc
import Telemetry

/// Lengths of time, which Prometheus 3 can compute. What does not ask for `step()` or `range()` is
/// computed while it is read, in seconds.
extension Parser {
  /// A length that is still being computed.
  private enum Length {
    case seconds(Double)
    case computed(DurationExpression)
  }

  /// A length between brackets: any arithmetic, and not zero or less as far as can be known.
  mutating func positiveDuration(
    in context: String, orElse: String = ""
  ) throws(QuerySyntaxError) -> DurationExpression {
    let start = token.start
    let length = try length(0, in: context, orElse: orElse)
    if case .seconds(let seconds) = length, !(seconds > 0) {
      throw source.error(at: start, "duration must be greater than 0")
    }
    return try duration(length, at: start)
  }

  /// A length after `offset`, which has been stepped over: one term with or without a sign, so that
  /// `a offset 5m + 2` adds 2 to a.
  mutating func offset() throws(QuerySyntaxError) -> DurationExpression {
    let start = token.start
    let sign = try sign()
    var length = try term(in: "offset", orElse: "")
    if sign == .subtract { length = negated(length) }
    return try duration(length, at: start)
  }

  private mutating func sign() throws(QuerySyntaxError) -> BinaryOperator? {
    guard case .op(let op) = token.kind, op == .add || op == .subtract else { return nil }
    try advance()
    return op
  }

  private mutating func length(
    _ precedence: Int, in context: String, orElse: String
  ) throws(QuerySyntaxError) -> Length {
    try nested { (parser) throws(QuerySyntaxError) in
      var left: Length
      if let sign = try parser.sign() {
        let power = BinaryOperator.power.precedence
        left = try parser.length(power, in: context, orElse: orElse)
        if sign == .subtract { left = parser.negated(left) }
      } else {
        left = try parser.term(in: context, orElse: orElse)
      }
      var depth = 0
      while case .op(let binary) = parser.token.kind, binary.precedence >= precedence,
        let op = DurationExpression.Operator(rawValue: binary.rawValue)
      {
        let opStart = parser.token.start
        try parser.advance()
        let isRight = op == .power
        let right = try parser.length(
          binary.precedence + (isRight ? 0 : 1), in: context, orElse: orElse)
        left = try parser.combined(op, left, right, at: opStart)
        if case .computed = left { depth += 1 }
        try parser.checkDepth(depth)
      }
      return left
    }
  }

  private mutating func term(
    in context: String, orElse: String
  ) throws(QuerySyntaxError) -> Length {
    let start = token.start
    switch token.kind {
    case .number, .duration:
      let seconds = try takeNumber()
      _ = try span(seconds, at: start)
      return .seconds(seconds)
    case .keyword(.step), .keyword(.range):
      let node: DurationExpression = token.kind == .keyword(.step) ? .step : .range
      try advance()
      try expectInDuration(.leftParenthesis, context, orElse)
      try expectInDuration(.rightParenthesis, context, orElse)
      return .computed(node)
    case .keyword(.leastOf), .aggregator(.min):
      return try choice(isLeast: true, in: context, orElse: orElse)
    case .keyword(.greatestOf), .aggregator(.max):
      return try choice(isLeast: false, in: context, orElse: orElse)
    case .leftParenthesis:
      try advance()
      let inner = try length(0, in: context, orElse: orElse)
      try expectInDuration(.rightParenthesis, context, orElse)
      return inner
    default:
      throw unexpected(
        in: context, expected: "number, duration, step(), or range()" + orElse)
    }
  }

  private mutating func choice(
    isLeast: Bool, in context: String, orElse: String
  ) throws(QuerySyntaxError) -> Length {
    let start = token.start
    try advance()
    try expectInDuration(.leftParenthesis, context, orElse)
    let left = try length(0, in: context, orElse: orElse)
    try expectInDuration(.comma, context, orElse)
    let right = try length(0, in: context, orElse: orElse)
    try expectInDuration(.rightParenthesis, context, orElse)
    if case .seconds(let first) = left, case .seconds(let second) = right {
      return .seconds(isLeast ? min(first, second) : max(first, second))
    }
    let (first, second) = (try duration(left, at: start), try duration(right, at: start))
    return .computed(isLeast ? .least(first, second) : .greatest(first, second))
  }

  private mutating func expectInDuration(
    _ kind: Token.Kind, _ context: String, _ orElse: String
  ) throws(QuerySyntaxError) {
    try expect(kind, in: context, expected: "number, duration, step(), or range()" + orElse)
  }

  // MARK: Arithmetic

  private func combined(
    _ op: DurationExpression.Operator, _ left: Length, _ right: Length, at start: Int
  ) throws(QuerySyntaxError) -> Length {
    if case .seconds(let divisor) = right, divisor == 0 {
      if op == .divided { throw source.error(at: start, "division by zero") }
      if op == .modulo { throw source.error(at: start, "modulo by zero") }
    }
    guard case .seconds(let first) = left, case .seconds(let second) = right else {
      return .computed(
        .operation(op, try duration(left, at: start), try duration(right, at: start)))
    }
    switch op {
    case .plus: return .seconds(first + second)
    case .minus: return .seconds(first - second)
    case .times: return .seconds(first * second)
    case .divided: return .seconds(first / second)
    case .modulo: return .seconds(fmod(first, second))
    case .power: return .seconds(pow(first, second))
    }
  }

  private func negated(_ length: Length) -> Length {
    switch length {
    case .seconds(let seconds): .seconds(-seconds)
    case .computed(let node): .computed(.negated(node))
    }
  }

  private func duration(
    _ length: Length, at start: Int
  ) throws(QuerySyntaxError) -> DurationExpression {
    switch length {
    case .seconds(let seconds): .span(try span(seconds, at: start))
    case .computed(let node): node
    }
  }

  private func span(_ seconds: Double, at start: Int) throws(QuerySyntaxError) -> TimeSpan {
    guard let span = TimeSpan(roundingSeconds: seconds) else {
      throw source.error(at: start, "duration out of range")
    }
    return span
  }
}

extension TimeSpan {
  /// The length nearest to a number of seconds, to the nanosecond, from 11 days on to the
  /// millisecond so that its text in seconds reads back to it; nil beyond 292 years.
  init?(roundingSeconds seconds: Double) {
    let isLong = abs(seconds) > 1e6
    let unit: Int64 = isLong ? 1_000_000 : 1
    guard let count = Int64(exactly: (seconds * (isLong ? 1e3 : 1e9)).rounded()) else { return nil }
    let (nanoseconds, overflow) = count.multipliedReportingOverflow(by: unit)
    if overflow { return nil }
    self.init(nanoseconds: nanoseconds)
  }
}
