/// Loops that reduce the columns of one group to one column.
///
/// Values are taken in the order of the columns, which fixes every sum to the bit. A step at which
/// no column has a value has none in the result.
///
/// - Source: Prometheus 3, promql/engine.go, `aggregation`.
enum AggregationKernel {
  /// Compensated sums.
  static func sums(_ columns: [[Double]], steps: Int) -> [Double] {
    reduced(
      columns, steps, from: CompensatedSum(), first: { CompensatedSum($0) },
      next: { state, value, _ in state.add(value) }, result: { state, _ in state.value })
  }

  /// Compensated means, which turn to running means before their sum would overflow.
  static func means(_ columns: [[Double]], steps: Int) -> [Double] {
    reduced(
      columns, steps, from: RunningMean(0), first: { RunningMean($0) },
      next: { state, value, count in state.add(value, count: count) },
      result: { state, count in state.value(count: count) })
  }

  /// How many values there are.
  static func counts(_ columns: [[Double]], steps: Int) -> [Double] {
    reduced(
      columns, steps, from: (), first: { _ in }, next: { _, _, _ in }, result: { _, count in count }
    )
  }

  /// 1 where there are values.
  static func presence(_ columns: [[Double]], steps: Int) -> [Double] {
    reduced(columns, steps, from: (), first: { _ in }, next: { _, _, _ in }, result: { _, _ in 1 })
  }

  /// The least values; NaN only where there is nothing else.
  static func minima(_ columns: [[Double]], steps: Int) -> [Double] {
    reduced(
      columns, steps, from: 0, first: { $0 },
      next: { state, value, _ in if state > value || state.isNaN { state = value } },
      result: { state, _ in state })
  }

  /// The greatest values; NaN only where there is nothing else.
  static func maxima(_ columns: [[Double]], steps: Int) -> [Double] {
    reduced(
      columns, steps, from: 0, first: { $0 },
      next: { state, value, _ in if state < value || state.isNaN { state = value } },
      result: { state, _ in state })
  }

  /// Population variances by Welford's method.
  static func variances(_ columns: [[Double]], steps: Int) -> [Double] {
    reduced(
      columns, steps, from: SpreadState(0), first: { SpreadState($0) },
      next: { state, value, count in state.add(value, count: count) },
      result: { state, count in state.squares / count })
  }

  /// Population standard deviations.
  static func deviations(_ columns: [[Double]], steps: Int) -> [Double] {
    reduced(
      columns, steps, from: SpreadState(0), first: { SpreadState($0) },
      next: { state, value, count in state.add(value, count: count) },
      result: { state, count in (state.squares / count).squareRoot() })
  }

  @inline(__always)
  private static func reduced<State>(
    _ columns: [[Double]], _ steps: Int, from initial: State,
    first: (Double) -> State,
    next: (inout State, _ value: Double, _ count: Double) -> Void,
    result: (State, _ count: Double) -> Double
  ) -> [Double] {
    var states = [State](repeating: initial, count: steps)
    var counts = [Double](repeating: 0, count: steps)
    states.withUnsafeMutableBufferPointer { states in
      counts.withUnsafeMutableBufferPointer { counts in
        for column in columns {
          column.withUnsafeBufferPointer { values in
            for step in 0..<steps where !values[step].isAbsent {
              counts[step] += 1
              if counts[step] == 1 {
                states[step] = first(values[step])
              } else {
                next(&states[step], values[step], counts[step])
              }
            }
          }
        }
      }
    }
    return (0..<steps).map { counts[$0] == 0 ? .absent : result(states[$0], counts[$0]) }
  }
}

/// A mean of values that come one by one.
private struct RunningMean {
  private var total: CompensatedSum
  // Whether `total` holds the mean itself, since the sum would have overflowed.
  private var isIncremental = false

  init(_ first: Double) {
    total = CompensatedSum(first)
  }

  /// Adds a value; `count` includes it.
  @inline(__always)
  mutating func add(_ value: Double, count: Double) {
    if !isIncremental {
      var next = total
      next.add(value)
      if !next.sum.isInfinite {
        total = next
        return
      }
      isIncremental = true
      total.sum /= count - 1
      total.compensation /= count - 1
    }
    let share = (count - 1) / count
    total.sum *= share
    total.compensation *= share
    total.add(value / count)
  }

  func value(count: Double) -> Double {
    isIncremental ? total.value : total.sum / count + total.compensation / count
  }
}

/// The mean and the sum of squared differences from it.
private struct SpreadState {
  private var mean: Double
  private(set) var squares: Double

  init(_ first: Double) {
    mean = first
    squares = first.isFinite ? 0 : .nan
  }

  @inline(__always)
  mutating func add(_ value: Double, count: Double) {
    let difference = value - mean
    mean += difference / count
    squares += difference * (value - mean)
  }
}
