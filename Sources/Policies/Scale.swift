internal import Foundation

/// Turns a measured value into a strength in 0...1 by straight lines between anchors, over the
/// logarithm of the value where both anchors are positive.
///
/// Below the first anchor the strength is 0, from the last anchor on it is the last strength.
public struct Scale: Hashable, Sendable {
  /// Values, strictly ascending, and the strength at each, never falling.
  public let anchors: [Anchor]

  /// One point of a scale.
  public struct Anchor: Hashable, Sendable {
    /// The measured value, not negative.
    public let value: Double
    /// The strength at that value, in 0...1.
    public let strength: Double

    /// Makes an anchor.
    public init(value: Double, strength: Double) {
      self.value = value
      self.strength = strength
    }
  }

  /// Makes a scale; anchors must be ascending in value and not descending in strength.
  public init(anchors: [Anchor]) {
    self.anchors = anchors
  }

  /// The strength of `value`; 0 for NaN.
  public func strength(of value: Double) -> Double {
    guard let first = anchors.first, let last = anchors.last, value >= first.value else { return 0 }
    if value >= last.value { return last.strength }
    let upper = anchors.firstIndex { $0.value > value } ?? anchors.count - 1
    let (low, high) = (anchors[upper - 1], anchors[upper])
    let share =
      low.value > 0
      ? log(value / low.value) / log(high.value / low.value)
      : value / high.value
    return low.strength + (high.strength - low.strength) * share
  }

  /// The scale with its top, strength 1, at `limit`: anchors at or above it are dropped.
  public func closed(at limit: Double) -> Scale {
    Scale(anchors: anchors.filter { $0.value < limit } + [Anchor(value: limit, strength: 1)])
  }
}
