/// Samples of one label set in ascending time, each time once.
///
/// Values keep NaN as Prometheus recorded it; a missing scrape is simply no sample.
public struct Series: Sendable {
  /// What the series measures.
  public let labels: LabelSet
  /// When each value was sampled, ascending.
  public let times: SampleTimes
  /// The values in order of `times`.
  public let values: [Double]

  /// Makes a series; `times` and `values` must be equally long.
  public init(labels: LabelSet, times: SampleTimes, values: [Double]) {
    precondition(times.count == values.count, "BUG: \(times.count) times, \(values.count) values")
    self.labels = labels
    self.times = times
    self.values = values
  }

  /// The number of samples.
  public var count: Int { values.count }
}

/// The times of a series' samples: a regular grid, a grid with holes, or any instants.
///
/// A grid costs no memory a sample and a grid with holes 4 bytes, which is what keeps the answers
/// of `query_range` at about 8 bytes a sample.
public enum SampleTimes: Sendable {
  /// `count` instants from `start`, `step` apart.
  case grid(start: Timestamp, step: TimeSpan, count: Int)
  /// Instants `start + step * slot` for ascending slots.
  case sparse(start: Timestamp, step: TimeSpan, slots: [Int32])
  /// Any ascending instants.
  case explicit([Timestamp])

  /// Chooses the smallest form for ascending nanosecond instants.
  ///
  /// - Parameter nanoseconds: Instants since the epoch, strictly ascending.
  public init(ascending nanoseconds: [Int64]) {
    guard let first = nanoseconds.first, let last = nanoseconds.last, nanoseconds.count > 1 else {
      self = .explicit(nanoseconds.map(Timestamp.init(nanoseconds:)))
      return
    }
    let step = zip(nanoseconds.dropFirst(), nanoseconds).map { $0 &- $1 }.min() ?? 0
    let isRegular =
      step > 0 && (last &- first) / step <= Int64(Int32.max)
      && nanoseconds.allSatisfy { ($0 &- first) % step == 0 }
    guard isRegular else {
      self = .explicit(nanoseconds.map(Timestamp.init(nanoseconds:)))
      return
    }
    let start = Timestamp(nanoseconds: first)
    let span = TimeSpan(nanoseconds: step)
    if Int((last &- first) / step) + 1 == nanoseconds.count {
      self = .grid(start: start, step: span, count: nanoseconds.count)
    } else {
      let slots = nanoseconds.map { Int32(truncatingIfNeeded: ($0 &- first) / step) }
      self = .sparse(start: start, step: span, slots: slots)
    }
  }

  /// The number of instants.
  public var count: Int {
    switch self {
    case .grid(_, _, let count): count
    case .sparse(_, _, let slots): slots.count
    case .explicit(let instants): instants.count
    }
  }

  /// The instant at `index`, which must be in `0..<count`.
  public subscript(index: Int) -> Timestamp {
    switch self {
    case .grid(let start, let step, _):
      Timestamp(nanoseconds: start.nanoseconds &+ step.nanoseconds &* Int64(index))
    case .sparse(let start, let step, let slots):
      Timestamp(nanoseconds: start.nanoseconds &+ step.nanoseconds &* Int64(slots[index]))
    case .explicit(let instants): instants[index]
    }
  }

  /// The usual time between two instants: the step of a grid, else the least of the first few
  /// differences; nil for fewer than two instants.
  public var interval: TimeSpan? {
    switch self {
    case .grid(_, let step, let count): count > 1 ? step : nil
    case .sparse(_, let step, let slots): slots.count > 1 ? step : nil
    case .explicit(let instants):
      zip(instants.dropFirst(), instants).prefix(8).map { $0 - $1 }.min()
    }
  }

  /// The index of the first instant that is not before `instant`, or `count`.
  public func firstIndex(notBefore instant: Timestamp) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < instant { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
