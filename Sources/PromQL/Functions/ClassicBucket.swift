/// A bucket of a classic histogram.
struct ClassicBucket: Hashable, Sendable {
  /// The greatest value it counts.
  let upperBound: Double
  /// How many observations were not above the bound.
  var count: Double
}

/// Where counts were raised because they fell from one bucket to the next.
struct BucketRepair: Hashable, Sendable {
  /// The least bound of a raised bucket.
  var lowestBound = Double.infinity
  /// The greatest bound of a raised bucket.
  var highestBound = -Double.infinity
  /// The most by which a count was raised.
  var greatestDifference = 0.0
  /// How many histograms were repaired.
  var count = 0
  /// The first step, in milliseconds.
  var first = Int64.max
  /// The last step, in milliseconds.
  var last = Int64.min

  /// Takes in the repair of one histogram at a step.
  mutating func include(_ other: BucketRepair, at time: Int64) {
    lowestBound = min(lowestBound, other.lowestBound)
    highestBound = max(highestBound, other.highestBound)
    greatestDifference = max(greatestDifference, other.greatestDifference)
    count += 1
    first = min(first, time)
    last = max(last, time)
  }
}

/// Figures from the buckets of one classic histogram, ascending, bounds unequal, counts cumulative.
///
/// Observations are taken as spread evenly over a bucket; the lowest one starts at 0 when its bound
/// is positive. Without a bucket up to +Inf or without observations the figures are NaN.
///
/// - Source: https://prometheus.io/docs/prometheus/latest/querying/functions#histogram_quantile;
///   prometheus/promql/quantile.go, `BucketQuantile` and `BucketFraction`.
enum ClassicHistogram {
  /// Differences between neighbours below this share of their sum come from rounding.
  private static let insignificant = 1e-12

  /// The q-quantile, after counts that fall have been raised.
  ///
  /// A quantile in the last bucket is that bucket's lower bound; below a lowest bound that is not
  /// positive, it is that bound.
  ///
  /// - Parameter q: 0…1; below gives -Inf, above +Inf, NaN gives NaN.
  static func quantile(
    _ q: Double, _ buckets: inout [ClassicBucket]
  ) -> (value: Double, repair: BucketRepair?) {
    guard !q.isNaN else { return (.nan, nil) }
    guard q >= 0 else { return (-.infinity, nil) }
    guard q <= 1 else { return (.infinity, nil) }
    guard buckets.last?.upperBound == .infinity else { return (.nan, nil) }
    let repair = repair(&buckets)
    let last = buckets.count - 1
    let observations = buckets[last].count
    guard last > 0, observations != 0 else { return (.nan, nil) }
    let rank = q * observations
    let index = buckets[..<last].firstIndex { $0.count >= rank } ?? last
    if index == last { return (buckets[last - 1].upperBound, repair) }
    let end = buckets[index].upperBound
    guard index > 0 else {
      return (end <= 0 ? end : end * (rank / buckets[0].count), repair)
    }
    let (start, below) = (buckets[index - 1].upperBound, buckets[index - 1].count)
    let share = (rank - below) / (buckets[index].count - below)
    return (start + (end - start) * share, repair)
  }

  /// The share of observations between two bounds.
  ///
  /// NaN when a bound is; 0 when they enclose nothing.
  static func fraction(_ buckets: [ClassicBucket], from lower: Double, to upper: Double) -> Double {
    guard let last = buckets.last, last.upperBound == .infinity else { return .nan }
    guard last.count != 0, !lower.isNaN, !upper.isNaN else { return .nan }
    guard lower < upper else { return 0 }
    return (rank(of: upper, in: buckets) - rank(of: lower, in: buckets)) / last.count
  }

  /// How many observations lie below a bound.
  private static func rank(of bound: Double, in buckets: [ClassicBucket]) -> Double {
    let all = buckets[buckets.count - 1].count
    var start = buckets[0].upperBound <= 0 ? -Double.infinity : 0
    var below = 0.0
    for bucket in buckets {
      if start >= bound { return min(below, all) }
      if bucket.upperBound > bound {
        guard start > -.infinity else { return min(bucket.count, all) }
        let share = (bound - start) / (bucket.upperBound - start)
        return min(below + (bucket.count - below) * share, all)
      }
      below = bucket.count
      start = bucket.upperBound
    }
    return all
  }

  /// Makes counts ascend: insignificant differences vanish, greater falls are raised and told.
  private static func repair(_ buckets: inout [ClassicBucket]) -> BucketRepair? {
    var repair: BucketRepair?
    var before = buckets[0].count
    for index in buckets.indices.dropFirst() {
      let bucket = buckets[index]
      if bucket.count == before { continue }
      if isInsignificant(bucket.count, before) {
        buckets[index].count = before
      } else if bucket.count < before {
        var widened = repair ?? BucketRepair()
        widened.lowestBound = min(widened.lowestBound, bucket.upperBound)
        widened.highestBound = max(widened.highestBound, bucket.upperBound)
        widened.greatestDifference = max(widened.greatestDifference, before - bucket.count)
        repair = widened
        buckets[index].count = before
      } else {
        before = bucket.count
      }
    }
    return repair
  }

  /// Whether two different counts differ by rounding only.
  ///
  /// - Source: prometheus/util/almost/almost.go.
  private static func isInsignificant(_ left: Double, _ right: Double) -> Bool {
    if left.isNaN && right.isNaN { return true }
    let sum = left.magnitude + right.magnitude
    let difference = (left - right).magnitude
    let least = Double.leastNormalMagnitude
    if left == 0 || right == 0 || sum < least { return difference < insignificant * least }
    return difference / min(sum, .greatestFiniteMagnitude) < insignificant
  }
}
