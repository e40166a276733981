/// What a value usually is, learned from its own past only.
///
/// Keeps the newest values that were judged normal. The centre is their median, the spread the
/// largest of 1.4826 median absolute deviations, a twentieth of the median, and a floor in the
/// value's unit.
///
/// - Source: Leys et al. 2013, doi:10.1016/j.jesp.2013.03.013, for median and MAD; the floor after
///   BARO's failure on constant history, see `RobustScorer` (FSE 2024).
struct CausalBaseline {
  private let capacity: Int
  private let minimum: Int
  private let floor: Double
  /// The kept values in ascending order.
  private var sorted: [Double] = []
  /// The same values in order of arrival, as a ring that begins at `oldest`.
  private var arrivals: [Double] = []
  private var oldest = 0

  /// - Parameters:
  ///   - capacity: How many values are kept.
  ///   - minimum: How many are needed before anything is said.
  ///   - floor: The smallest spread, in the value's unit.
  init(capacity: Int, minimum: Int, floor: Double) {
    self.capacity = capacity
    self.minimum = minimum
    self.floor = floor
  }

  /// The median of the past and how far normal values stray from it; nil with too short a past.
  var estimate: (median: Double, spread: Double)? {
    guard sorted.count >= minimum, !sorted.isEmpty else { return nil }
    let median = Self.middle(of: sorted.count) { sorted[$0] }
    return (median, max(1.4826 * deviation(from: median), 0.05 * median.magnitude, floor))
  }

  /// The highest value of the past, or nil.
  var maximum: Double? { sorted.last }

  /// Adds a value that was judged normal; NaN is left out.
  mutating func add(_ value: Double) {
    guard value.isFinite else { return }
    if arrivals.count < capacity {
      arrivals.append(value)
    } else {
      sorted.remove(at: position(of: arrivals[oldest]))
      arrivals[oldest] = value
      oldest = (oldest + 1) % capacity
    }
    sorted.insert(value, at: position(of: value))
  }

  /// The index of the first kept value that is not below `value`.
  private func position(of value: Double) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The median distance from `median`, found by walking outward from it.
  private func deviation(from median: Double) -> Double {
    var right = position(of: median)
    var left = right - 1
    var nearest: [Double] = []
    nearest.reserveCapacity(sorted.count / 2 + 1)
    while nearest.count <= sorted.count / 2 {
      let below = left >= 0 ? (sorted[left] - median).magnitude : .infinity
      let above = right < sorted.count ? (sorted[right] - median).magnitude : .infinity
      nearest.append(min(below, above))
      if below <= above { left -= 1 } else { right += 1 }
    }
    return Self.middle(of: sorted.count) { nearest[$0] }
  }

  /// The median of `count` values that are read in ascending order.
  private static func middle(of count: Int, value: (Int) -> Double) -> Double {
    let middle = count / 2
    return count % 2 == 1 ? value(middle) : (value(middle - 1) + value(middle)) / 2
  }
}
