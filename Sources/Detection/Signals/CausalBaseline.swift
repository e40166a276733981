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
  private var values: [Double] = []

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
    guard values.count >= minimum, !values.isEmpty else { return nil }
    let median = Self.median(of: values)
    let deviation = Self.median(of: values.map { ($0 - median).magnitude })
    return (median, max(1.4826 * deviation, 0.05 * median.magnitude, floor))
  }

  /// The highest value of the past, or nil.
  var maximum: Double? { values.max() }

  /// Adds a value that was judged normal; NaN is left out.
  mutating func add(_ value: Double) {
    guard value.isFinite else { return }
    values.append(value)
    if values.count > capacity { values.removeFirst() }
  }

  private static func median(of values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
