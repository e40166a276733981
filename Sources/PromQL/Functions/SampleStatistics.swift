/// Figures over a run of values, as Prometheus's functions over time calculate them.
///
/// Every run holds at least one value. NaN is a value: see each function.
public enum SampleStatistics {
  /// The compensated sum; NaN when any value is.
  public static func sum(_ values: UnsafeBufferPointer<Double>) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
  }

  /// The compensated mean; where the sum would overflow, the mean is carried along instead.
  ///
  /// - Source: prometheus/promql/functions.go, `avg_over_time`.
  public static func mean(_ values: UnsafeBufferPointer<Double>) -> Double {
    var sum = CompensatedSum(values[0])
    for index in 1..<max(1, values.count) {
      var next = sum
      next.add(values[index])
      guard !next.sum.isInfinite else { return mean(values, from: index, sumBefore: sum) }
      sum = next
    }
    let count = Double(values.count)
    return sum.sum / count + sum.compensation / count
  }

  /// The population variance by Welford's method, both sums compensated.
  ///
  /// - Source: Welford 1962, doi:10.1080/00401706.1962.10490022.
  public static func variance(_ values: UnsafeBufferPointer<Double>) -> Double {
    var mean = CompensatedSum()
    var squares = CompensatedSum()
    var count = 0.0
    for value in values {
      count += 1
      let deviation = value - mean.value
      mean.add(deviation / count)
      squares.add(deviation * (value - mean.value))
    }
    return squares.value / count
  }

  /// The greatest value; NaN only when there is no other.
  public static func maximum(_ values: UnsafeBufferPointer<Double>) -> Double {
    extreme(of: values) { value, greatest in value > greatest || greatest.isNaN }
  }

  /// The least value; NaN only when there is no other.
  public static func minimum(_ values: UnsafeBufferPointer<Double>) -> Double {
    extreme(of: values) { value, least in value < least || least.isNaN }
  }

  /// The value that no other replaces. Four at a time, each with a champion of its own, since one
  /// champion would have to wait for every comparison before the next.
  @inline(__always)
  private static func extreme(
    of values: UnsafeBufferPointer<Double>, where replaces: (Double, Double) -> Bool
  ) -> Double {
    var (first, second, third, fourth) = (values[0], values[0], values[0], values[0])
    var index = 0
    while index &+ 4 <= values.count {
      if replaces(values[index], first) { first = values[index] }
      if replaces(values[index &+ 1], second) { second = values[index &+ 1] }
      if replaces(values[index &+ 2], third) { third = values[index &+ 2] }
      if replaces(values[index &+ 3], fourth) { fourth = values[index &+ 3] }
      index &+= 4
    }
    while index < values.count {
      if replaces(values[index], first) { first = values[index] }
      index &+= 1
    }
    if replaces(second, first) { first = second }
    if replaces(third, first) { first = third }
    return replaces(fourth, first) ? fourth : first
  }

  /// The q-quantile, linear between neighbouring ranks; NaN values rank below all others.
  ///
  /// - Parameter q: 0…1; below gives -Inf, above +Inf, NaN gives NaN.
  /// - Source: prometheus/promql/quantile.go, `quantile`; rank `q·(n - 1)`.
  public static func quantile(_ q: Double, of values: UnsafeBufferPointer<Double>) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: values.count) { scratch in
      _ = scratch.initialize(from: values)
      return QuantileSelection.quantile(q, reordering: scratch)
    }
  }

  /// The median of the distances from the median; NaN when any value is.
  public static func medianAbsoluteDeviation(_ values: UnsafeBufferPointer<Double>) -> Double {
    if values.contains(where: \.isNaN) { return .nan }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: values.count) { scratch in
      _ = scratch.initialize(from: values)
      let median = QuantileSelection.quantile(0.5, reordering: scratch)
      for index in scratch.indices { scratch[index] = (scratch[index] - median).magnitude }
      return QuantileSelection.quantile(0.5, reordering: scratch)
    }
  }

  private static func mean(
    _ values: UnsafeBufferPointer<Double>, from first: Int, sumBefore sum: CompensatedSum
  ) -> Double {
    let before = Double(first)
    var mean = CompensatedSum(sum.sum / before, compensation: sum.compensation / before)
    for index in first..<values.count {
      let count = Double(index + 1)
      let weight = (count - 1) / count
      mean = CompensatedSum(weight * mean.sum, compensation: weight * mean.compensation)
      mean.add(values[index] / count)
    }
    return mean.value
  }
}
