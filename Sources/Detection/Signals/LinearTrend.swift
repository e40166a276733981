/// The least-squares line through the last values before each step.
///
/// - Source: Prometheus `predict_linear`; the standard error of a slope after any textbook on
///   simple linear regression, `s² = (Syy - slope·Sxy) / (n - 2) / Sxx`.
struct LinearTrend {
  /// One line.
  struct Line {
    /// The value of the line at its last step.
    let latest: Double
    /// The change per step.
    let slope: Double
    /// The standard error of `slope`.
    let error: Double
    /// The share of the variance that the line explains, in 0...1.
    let fit: Double
  }

  private let values: [Double?]
  /// Sums over all steps before each step: count, x, y, x², x·y, y².
  private let sums: [Sums]

  /// Ratios are near 1; sums over 50,000 steps stay exact to a millionth up to here.
  private static let largest = 1e4

  private struct Sums {
    var count = 0.0
    var x = 0.0
    var y = 0.0
    var xx = 0.0
    var xy = 0.0
    var yy = 0.0
  }

  /// - Parameter values: One value for each step; what is infinite, NaN or beyond `largest` counts
  ///   as missing, since the running sums could not hold it beside the others.
  init(_ values: [Double?]) {
    let values = values.map { $0.flatMap { $0.magnitude <= Self.largest ? $0 : nil } }
    self.values = values
    sums = values.enumerated().reduce(into: [Sums()]) { sums, entry in
      var next = sums[sums.count - 1]
      if let y = entry.element {
        let x = Double(entry.offset)
        next.count += 1
        next.x += x
        next.y += y
        next.xx += x * x
        next.xy += x * y
        next.yy += y * y
      }
      sums.append(next)
    }
  }

  /// The line over the last `steps` steps up to and with `step`; nil when there are not so many
  /// yet, or when the step itself or more than half of them have no value.
  func line(over steps: Int, upTo step: Int) -> Line? {
    let first = step - steps + 1
    guard first >= 0, values[step] != nil else { return nil }
    let (low, high) = (sums[first], sums[step + 1])
    let count = high.count - low.count
    guard count >= 3, count * 2 >= Double(steps) else { return nil }
    let (meanX, meanY) = ((high.x - low.x) / count, (high.y - low.y) / count)
    let sxx = high.xx - low.xx - count * meanX * meanX
    let sxy = high.xy - low.xy - count * meanX * meanY
    let syy = max(0, high.yy - low.yy - count * meanY * meanY)
    guard sxx > 0 else { return nil }
    let slope = sxy / sxx
    let rest = max(0, syy - slope * sxy)
    return Line(
      latest: meanY + slope * (Double(step) - meanX), slope: slope,
      error: (rest / (count - 2) / sxx).squareRoot(), fit: syy > 0 ? 1 - rest / syy : 0)
  }
}
