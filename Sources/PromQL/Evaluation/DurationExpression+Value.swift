internal import Glibc
import Telemetry

extension DurationExpression {
  /// The length in whole milliseconds, towards zero.
  ///
  /// - Parameters:
  ///   - query: The steps that `step()` and `range()` ask for.
  ///   - allowsNegative: Whether it may point backward or be nothing, as an offset may.
  /// - Throws: `QueryError.execution` in Prometheus's words.
  func milliseconds(in query: QueryGrid, allowsNegative: Bool) throws(QueryError) -> Int64 {
    if case .span(let span) = self { return span.nanoseconds / 1_000_000 }
    let seconds = try seconds(in: query)
    guard seconds > 0 || allowsNegative else {
      throw .execution("duration must be greater than 0")
    }
    // Beyond this no instant of a bundle can lie; it keeps sums of times inside Int64.
    guard abs(seconds) < 1e13,
      let milliseconds = Int64(exactly: (seconds * 1000).rounded(.towardZero))
    else { throw .execution("duration is out of range") }
    return milliseconds
  }

  private func seconds(in query: QueryGrid) throws(QueryError) -> Double {
    switch self {
    case .span(let span): return span.seconds
    case .step: return Double(query.step) / 1000
    case .range: return Double(query.end - query.start) / 1000
    case .negated(let inner): return -(try inner.seconds(in: query))
    case .least(let left, let right):
      return min(try left.seconds(in: query), try right.seconds(in: query))
    case .greatest(let left, let right):
      return max(try left.seconds(in: query), try right.seconds(in: query))
    case .operation(let op, let left, let right):
      let (left, right) = (try left.seconds(in: query), try right.seconds(in: query))
      switch op {
      case .plus: return left + right
      case .minus: return left - right
      case .times: return left * right
      case .divided:
        guard right != 0 else { throw .execution("division by zero") }
        return left / right
      case .modulo:
        guard right != 0 else { throw .execution("modulo by zero") }
        return fmod(left, right)
      case .power: return pow(left, right)
      }
    }
  }
}
