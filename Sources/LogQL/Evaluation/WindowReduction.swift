import Telemetry

/// What a function over time makes of the values in a range, which is never empty.
///
/// - Source: Loki 3, pkg/logql/range_vector.go.
struct WindowReduction {
  let function: RangeFunction
  /// The q of `quantile_over_time`.
  let parameter: Double
  /// The length of the range in seconds.
  let seconds: Double

  func value(of values: ArraySlice<Double>, at times: ArraySlice<Int64>) -> Double {
    switch function {
    case .rate: return values.reduce(0, +) / seconds
    case .sum: return values.reduce(0, +)
    case .avg: return mean(values)
    case .max:
      return values.reduce(.nan) { $1 > $0 || $0.isNaN ? $1 : $0 }
    case .min:
      return values.reduce(.nan) { $1 < $0 || $0.isNaN ? $1 : $0 }
    case .stdvar: return variance(values)
    case .stddev: return variance(values).squareRoot()
    case .quantile: return quantile(values)
    case .first: return values.first ?? .nan
    case .last: return values.last ?? .nan
    case .rateCounter: return counterRate(values, times)
    case .absent: return 1
    case .count, .bytes, .bytesRate:
      preconditionFailure("BUG: \(function.rawValue) of unwrapped values")
    }
  }

  private func mean(_ values: ArraySlice<Double>) -> Double {
    var mean = 0.0
    var count = 0.0
    for value in values {
      count += 1
      if mean.isInfinite {
        if value.isInfinite, (mean > 0) == (value > 0) { continue }
        if value.isFinite { continue }
      }
      mean += value / count - mean / count
    }
    return mean
  }

  private func variance(_ values: ArraySlice<Double>) -> Double {
    var squares = 0.0
    var mean = 0.0
    var count = 0.0
    for value in values {
      count += 1
      let difference = value - mean
      mean += difference / count
      squares += difference * (value - mean)
    }
    return squares / count
  }

  /// Between neighbours in proportion.
  private func quantile(_ values: ArraySlice<Double>) -> Double {
    if parameter < 0 { return -.infinity }
    if parameter > 1 { return .infinity }
    let sorted = values.sorted { $0 < $1 || $0.isNaN && !$1.isNaN }
    let rank = parameter * Double(sorted.count - 1)
    let lower = max(0, rank.rounded(.down))
    let upper = min(Double(sorted.count - 1), lower + 1)
    let weight = rank - rank.rounded(.down)
    return sorted[Int(lower)] * (1 - weight) + sorted[Int(upper)] * weight
  }

  /// `rate_counter`: the increase with resets, extrapolated as Loki does, which takes nanoseconds
  /// for milliseconds, so that it hardly extrapolates at all.
  private func counterRate(_ values: ArraySlice<Double>, _ times: ArraySlice<Int64>) -> Double {
    guard values.count > 1, let first = values.first, let last = values.last,
      let start = times.first, let end = times.last
    else { return 0 }
    var increase = last - first
    var previous = 0.0
    for value in values {
      if value < previous { increase += previous }
      previous = value
    }
    var toStart = (seconds * 1000).rounded(.towardZero) / 1000
    let sampled = Double(end - start) / 1000
    let average = sampled / Double(values.count - 1)
    if increase > 0, first >= 0 { toStart = min(toStart, sampled * (first / increase)) }
    let threshold = average * 1.1
    let interval = sampled + (toStart < threshold ? toStart : average / 2)
    // The last value lies at the end of the range by Loki's reckoning.
    return increase * ((interval + (0 < threshold ? 0 : average / 2)) / sampled) / seconds
  }
}
