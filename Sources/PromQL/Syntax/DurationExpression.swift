import Telemetry

/// A length of time in a query: almost always a literal; Prometheus 3 can compute it.
public indirect enum DurationExpression: Hashable, Sendable {
  /// A literal, negative only in offsets.
  case span(TimeSpan)
  /// `step()`: the step of the query, zero for an instant query.
  case step
  /// `range()`: the length of the query, zero for an instant query.
  case range
  /// `-d`
  case negated(DurationExpression)
  /// `a op b` with `+ - * / % ^`; a plain number stands for seconds.
  case operation(Operator, DurationExpression, DurationExpression)
  /// `min(a, b)`
  case least(DurationExpression, DurationExpression)
  /// `max(a, b)`
  case greatest(DurationExpression, DurationExpression)

  /// An operator between two durations.
  public enum Operator: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case modulo = "%"
    case power = "^"
  }

  /// The literal, or nil when it has to be computed.
  public var literal: TimeSpan? {
    if case .span(let span) = self { span } else { nil }
  }
}
