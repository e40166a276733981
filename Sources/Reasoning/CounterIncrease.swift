import Telemetry

extension Series {
  /// How much a counter grew between its samples in `range`, restarts counted from zero.
  ///
  /// Nothing is extrapolated: the answer is what the samples themselves prove. NaN samples are
  /// passed over; fewer than two samples prove nothing.
  func increase(in range: TimeRange) -> Double {
    var total = 0.0
    var previous = Double.nan
    for index in times.firstIndex(notBefore: range.start)..<times.firstIndex(notBefore: range.end) {
      let value = values[index]
      if value.isNaN { continue }
      if value < previous { total += value } else if value > previous { total += value - previous }
      previous = value
    }
    return total
  }
}

extension TimeRange {
  /// The interval cut into pieces of `step`, the last one possibly shorter.
  func pieces(of step: TimeSpan) -> [TimeRange] {
    guard step > .zero else { return [self] }
    var pieces: [TimeRange] = []
    var start = self.start
    while start < end {
      let next = min(start + step, end)
      pieces.append(TimeRange(start: start, end: next))
      start = next
    }
    return pieces
  }
}
