import Telemetry

/// Functions over ranges that also see the samples next to their ends: the experimental modifiers
/// `anchored`, which begins with the last sample before the range, and `smoothed`, which
/// interpolates at both ends.
///
/// - Source: Prometheus 3, promql/functions.go, `extendedRate`.
struct ExtendedRange {
  private let times: UnsafeBufferPointer<Int64>
  private let values: UnsafeBufferPointer<Double>
  private let start: Int64
  private let end: Int64
  private let isSmoothed: Bool
  private var first: Int
  private var last: Int

  /// The functions that understand a modifier, sorted.
  static func functions(with modifier: RangeModifier) -> [String] {
    switch modifier {
    case .anchored: ["changes", "delta", "increase", "rate", "resets"]
    case .smoothed: ["delta", "increase", "rate"]
    }
  }

  /// The value of one of these functions for a window that reaches beyond its range.
  static func value(
    of function: String, in window: RangeWindow, _ modifier: RangeModifier
  ) -> Double? {
    guard var range = ExtendedRange(window, modifier) else { return nil }
    switch function {
    case "delta": return range.change(isCounter: false)
    case "increase": return range.change(isCounter: true)
    case "rate":
      return range.change(isCounter: true) / (Double(window.end - window.start) / 1000)
    case "changes": return range.count { $0 != $1 && !($0.isNaN && $1.isNaN) }
    case "resets": return range.count { $1 < $0 }
    default: preconditionFailure("BUG: \(function) does not understand \(modifier.rawValue)")
    }
  }

  /// The samples that an instant query of such a range shows, those at its ends made up.
  static func samples(in window: RangeWindow, _ modifier: RangeModifier) -> ([Int64], [Double])? {
    guard var range = ExtendedRange(window, modifier) else { return nil }
    let (left, right) = range.takeEnds(isCounter: false)
    let inner = range.inner
    return (
      [window.start] + window.times[inner] + [window.end], [left] + window.values[inner] + [right]
    )
  }

  private init?(_ window: RangeWindow, _ modifier: RangeModifier) {
    times = window.times
    values = window.values
    start = window.start
    end = window.end
    isSmoothed = modifier == .smoothed
    let final = times.count - 1
    first = max(0, (times[..<final].firstIndex { $0 > window.start } ?? final) - 1)
    last = isSmoothed ? times[..<final].firstIndex { $0 >= window.end } ?? final : final
    guard times[last] > start, !isSmoothed || times[first] <= end else { return nil }
  }

  /// The samples strictly inside, once the ends have been taken.
  private var inner: Range<Int> { first..<max(first, last + 1) }

  private mutating func change(isCounter: Bool) -> Double {
    let (left, right) = takeEnds(isCounter: isCounter)
    var change = right - left
    guard isCounter else { return change }
    var before = left
    for value in values[inner] {
      if value < before { change += before }
      before = value
    }
    if right < before { change += before }
    return change
  }

  private func count(_ isCounted: (_ before: Double, _ next: Double) -> Bool) -> Double {
    var count = 0.0
    for index in first..<last where isCounted(values[index], values[index + 1]) { count += 1 }
    return count
  }

  /// The values at both ends; leaves the samples between them.
  private mutating func takeEnds(isCounter: Bool) -> (left: Double, right: Double) {
    let left =
      isSmoothed && times[first] < start
      ? Self.interpolated(self, first, at: start, isCounter: isCounter) : values[first]
    let right =
      isSmoothed && last > 0 && times[last] > end
      ? Self.interpolated(self, last - 1, at: end, isCounter: isCounter) : values[last]
    if times[first] <= start { first += 1 }
    if times[last] >= end { last -= 1 }
    return (left, right)
  }

  /// The value between two neighbours; a counter that fell began again at zero.
  private static func interpolated(
    _ range: ExtendedRange, _ index: Int, at time: Int64, isCounter: Bool
  ) -> Double {
    let next = range.values[index + 1]
    let before = isCounter && next < range.values[index] ? 0 : range.values[index]
    let share =
      (next - before) * Double(time - range.times[index])
      / Double(range.times[index + 1] - range.times[index])
    return before + share
  }
}
