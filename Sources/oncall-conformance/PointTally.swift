import Canonical

/// How points of a recorded answer compare with ours.
struct PointTally {
  /// Points of the recorded answer.
  var recorded = 0
  /// Points of ours that the recorded answer does not have.
  var onlyOurs = 0
  /// Recorded points that ours does not have.
  var onlyTheirs = 0
  /// Points that both have, within 1e-9 of each other.
  var equal = 0
  /// Within 1e-4, those that are equal included.
  var near = 0
  /// Within 5 %, those that are nearer included.
  var rough = 0
  /// Points at which the query looks back to before the bundle's data begins, of either.
  var leadIn = 0
  /// The largest relative difference of points that both have.
  var largest = 0.0
  /// Where that is: labels, seconds, their value, our value.
  var worst = ""

  /// Adds the counts of another tally.
  mutating func add(_ other: PointTally) {
    recorded += other.recorded
    onlyOurs += other.onlyOurs
    onlyTheirs += other.onlyTheirs
    equal += other.equal
    near += other.near
    rough += other.rough
    leadIn += other.leadIn
    if other.largest > largest { (largest, worst) = (other.largest, other.worst) }
  }

  /// Adds a point that both have; `place` is asked for only when it is the worst so far.
  mutating func add(theirs: Double, ours: Double, place: () -> String) {
    recorded += 1
    let difference = Self.difference(theirs, ours)
    if difference <= 1e-9 { equal += 1 }
    if difference <= 1e-4 { near += 1 }
    if difference <= 0.05 { rough += 1 }
    if difference > largest {
      largest = difference
      worst = "\(place()): theirs \(theirs), ours \(ours)"
    }
  }

  /// The difference relative to the larger value; 0 for two NaN or equal infinities.
  static func difference(_ left: Double, _ right: Double) -> Double {
    if left == right || (left.isNaN && right.isNaN) { return 0 }
    guard left.isFinite, right.isFinite else { return .infinity }
    return (left - right).magnitude / max(left.magnitude, right.magnitude)
  }

  /// All points of either side, less the lead-in.
  var all: Int { recorded + onlyOurs }

  /// The share of `count` in all points, in percent.
  func percent(_ count: Int) -> String {
    all == 0 ? "-" : Canonical.text(Double(count) * 100 / Double(all), decimals: 2) + "%"
  }

  /// The counts in one line.
  var summary: String {
    "\(all) points; within 1e-9 \(percent(equal)), 1e-4 \(percent(near)), 5% \(percent(rough));"
      + " only theirs \(percent(onlyTheirs)), only ours \(percent(onlyOurs));"
      + " lead-in left out: \(leadIn)"
  }
}
