import Canonical
import Telemetry

/// Straight lines and smoothed trends through the samples of a window.
enum Regression {
  static let functions: [Function] = [
    Function(
      "deriv", [.matrix],
      body: .overWindow { window, _ in
        window.count > 1 ? line(through: window, origin: window.times[0]).slope : nil
      }),
    Function(
      "predict_linear", [.matrix, .scalar],
      body: .overWindow { window, _ in
        guard window.count > 1 else { return nil }
        let line = line(through: window, origin: window.evaluatedAt)
        return line.slope * window.parameters[0] + line.intercept
      }),
    Function(
      "double_exponential_smoothing", [.matrix, .scalar, .scalar],
      body: .overWindow { window, _ in
        let (smoothing, trend) = (window.parameters[0], window.parameters[1])
        try check(smoothing, isFactor: "smoothing", short: "sf")
        try check(trend, isFactor: "trend", short: "tf")
        return window.count > 1 ? smoothed(window.values, smoothing, trend) : nil
      }),
  ]

  /// The least-squares line, per second, with its value at `origin`; compensated sums.
  ///
  /// Equal values give a level line, and NaN when they are infinite.
  ///
  /// - Source: https://en.wikipedia.org/wiki/Simple_linear_regression.
  static func line(
    through window: RangeWindow, origin: Int64
  ) -> (slope: Double, intercept: Double) {
    let first = window.values[0]
    if !window.values.contains(where: { $0 != first }) {
      return first.isInfinite ? (.nan, .nan) : (0, first)
    }
    var sums = (
      x: CompensatedSum(), y: CompensatedSum(), xy: CompensatedSum(), xx: CompensatedSum()
    )
    for index in 0..<window.count {
      let x = Double(window.times[index] - origin) / 1000
      let y = window.values[index]
      sums.x.add(x)
      sums.y.add(y)
      sums.xy.add(x * y)
      sums.xx.add(x * x)
    }
    let count = Double(window.count)
    let (x, y) = (sums.x.value, sums.y.value)
    let covariance = sums.xy.value - x * y / count
    let variance = sums.xx.value - x * x / count
    let slope = covariance / variance
    return (slope, y / count - slope * x / count)
  }

  /// The last level of Holt's linear trend method.
  ///
  /// Level: `s' = f·x + (1 - f)(s + b)`; trend: `b' = t(s' - s) + (1 - t)b`; it starts with the first
  /// value and the first difference.
  ///
  /// - Source: https://en.wikipedia.org/wiki/Exponential_smoothing, "Double exponential smoothing".
  static func smoothed(
    _ values: UnsafeBufferPointer<Double>, _ smoothing: Double, _ trend: Double
  ) -> Double {
    var levelBefore = 0.0
    var level = values[0]
    var slope = values[1] - values[0]
    for index in 1..<values.count {
      if index > 1 { slope = trend * (level - levelBefore) + (1 - trend) * slope }
      let next = smoothing * values[index] + (1 - smoothing) * (level + slope)
      levelBefore = level
      level = next
    }
    return level
  }

  private static func check(_ value: Double, isFactor name: String, short: String) throws {
    guard value <= 0 || value >= 1 else { return }
    throw QueryError.execution(
      "invalid \(name) factor. Expected: 0 < \(short) < 1, got: "
        + Canonical.text(value, decimals: 6))
  }
}
