/// How counters and gauges move inside a window.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/querying/functions; the arithmetic is that
///   of prometheus/promql/functions.go, `extrapolatedRate` and `instantValue`.
enum Counters {
  static let functions: [Function] = [
    Function("rate", [.matrix], body: .overWindow(rate)),
    Function("increase", [.matrix], body: .overWindow(increase)),
    overWindow("delta") { window in
      guard window.count > 1 else { return nil }
      let change = window.values[window.count - 1] - window.values[0]
      return change * extrapolation(of: change, over: window, isCounter: false)
    },
    overWindow("irate") { window in
      guard let (before, last) = lastTwo(of: window.values) else { return nil }
      let seconds = Double(window.times[window.count - 1] - window.times[window.count - 2]) / 1000
      return (last < before ? last : last - before) / seconds
    },
    overWindow("idelta") { window in lastTwo(of: window.values).map { $1 - $0 } },
    overWindow("resets") { window in Double(window.falls) },
    overWindow("changes") { window in
      count(in: window.values) { before, next in
        next != before && !(next.isNaN && before.isNaN)
      }
    },
  ]

  /// The increase of a counter over its window: the last value less the first, plus the value
  /// before each reset; nil with fewer than two samples.
  static func rawIncrease(in window: RangeWindow) -> Double? {
    guard window.count > 1 else { return nil }
    let values = window.values
    var increase = values[values.count - 1] - values[0]
    guard window.falls > 0 else { return increase }
    for index in 1..<values.count where values[index] < values[index &- 1] {
      increase += values[index &- 1]
    }
    return increase
  }

  /// The factor that stretches a change between the first and last sample to the whole window.
  ///
  /// Where a window's end lies within 1.1 mean sample intervals of the sample next to it, the
  /// change is stretched up to the end, otherwise by half an interval. A counter is never stretched
  /// below zero.
  static func extrapolation(
    of change: Double, over window: RangeWindow, isCounter: Bool
  ) -> Double {
    let first = window.times[0]
    let last = window.times[window.count - 1]
    let sampled = Double(last - first) / 1000
    let interval = sampled / Double(window.count - 1)
    let threshold = interval * 1.1
    var toStart = Double(first - window.start) / 1000
    var toEnd = Double(window.end - last) / 1000
    if toStart >= threshold { toStart = interval / 2 }
    if isCounter, change > 0, window.values[0] >= 0 {
      let toZero = sampled * (window.values[0] / change)
      if toZero < toStart { toStart = toZero }
    }
    if toEnd >= threshold { toEnd = interval / 2 }
    return (sampled + toStart + toEnd) / sampled
  }

  @Sendable
  private static func rate(
    in window: RangeWindow, _ context: inout FunctionContext
  ) -> Double? {
    guard let increase = rawIncrease(in: window) else { return nil }
    context.noteUnlessCounter()
    let seconds = Double(window.end - window.start) / 1000
    return increase * (extrapolation(of: increase, over: window, isCounter: true) / seconds)
  }

  @Sendable
  private static func increase(
    in window: RangeWindow, _ context: inout FunctionContext
  ) -> Double? {
    guard let increase = rawIncrease(in: window) else { return nil }
    context.noteUnlessCounter()
    return increase * extrapolation(of: increase, over: window, isCounter: true)
  }

  private static func overWindow(
    _ name: String, _ value: @escaping @Sendable (RangeWindow) -> Double?
  ) -> Function {
    Function(name, [.matrix], body: .overWindow { window, _ in value(window) })
  }

  private static func lastTwo(
    of values: UnsafeBufferPointer<Double>
  ) -> (before: Double, last: Double)? {
    values.count > 1 ? (values[values.count - 2], values[values.count - 1]) : nil
  }

  private static func count(
    in values: UnsafeBufferPointer<Double>, _ isCounted: (Double, Double) -> Bool
  ) -> Double {
    var count = 0
    for index in 1..<max(1, values.count) where isCounted(values[index - 1], values[index]) {
      count += 1
    }
    return Double(count)
  }
}
