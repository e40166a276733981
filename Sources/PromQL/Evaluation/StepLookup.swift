/// For each step, the sample that an instant selector sees there.
///
/// Series that were recorded on one grid share their array of times, and then the search.
struct StepLookup {
  /// The times looked up: those of the steps, shifted.
  let grid: QueryGrid
  private let lookback: Int64
  private let boundary: RangeBoundary
  private var times: [Int64] = []
  // The index of the newest sample in the lookback, or -1.
  private var indices: [Int32] = []

  init(grid: QueryGrid, lookback: Int64, boundary: RangeBoundary) {
    self.grid = grid
    self.lookback = lookback
    self.boundary = boundary
  }

  /// The value at each step.
  mutating func values(from samples: SampleColumn) -> [Double] {
    search(samples.times)
    return [Double](unsafeUninitializedCapacity: grid.count) { result, count in
      samples.values.withUnsafeBufferPointer { values in
        for step in 0..<grid.count {
          let index = Int(indices[step])
          result[step] = index < 0 ? .absent : values[index]
        }
      }
      count = grid.count
    }
  }

  /// The time of the sample at each step, in seconds.
  mutating func times(from samples: SampleColumn) -> [Double] {
    search(samples.times)
    return indices.map { index in
      index < 0 || samples.values[Int(index)].isAbsent
        ? .absent : Double(samples.times[Int(index)]) / 1000
    }
  }

  /// The value interpolated at each step between the samples before and after it; without one
  /// after it, the value of the one before.
  func smoothedValues(from samples: SampleColumn) -> [Double] {
    let times = samples.times
    var next = 0
    return (0..<grid.count).map { step in
      let time = grid[step]
      while next < times.count && times[next] < time { next += 1 }
      let hasAfter = next < times.count && times[next] <= time &+ lookback
      if hasAfter && times[next] == time { return samples.values[next] }
      guard next > 0, isInside(times[next - 1], end: time) else { return .absent }
      let before = samples.values[next - 1]
      guard hasAfter else { return before }
      let change = samples.values[next] - before
      return before + change * Double(time - times[next - 1])
        / Double(times[next] - times[next - 1])
    }
  }

  private mutating func search(_ wanted: [Int64]) {
    guard indices.isEmpty || !isSame(wanted) else { return }
    times = wanted
    indices = [Int32](unsafeUninitializedCapacity: grid.count) { result, count in
      wanted.withUnsafeBufferPointer { times in
        var next = 0
        for step in 0..<grid.count {
          let end = grid[step]
          while next < times.count && times[next] <= end { next += 1 }
          let isSeen = next > 0 && isInside(times[next - 1], end: end)
          result[step] = isSeen ? Int32(truncatingIfNeeded: next - 1) : -1
        }
      }
      count = grid.count
    }
  }

  private func isInside(_ time: Int64, end: Int64) -> Bool {
    switch boundary {
    case .leftOpen: time > end &- lookback
    case .leftClosed: time >= end &- lookback
    }
  }

  /// Whether both are one array in memory, or at least cheaply known to be equal.
  private func isSame(_ wanted: [Int64]) -> Bool {
    wanted.count == times.count
      && wanted.withUnsafeBufferPointer { left in
        times.withUnsafeBufferPointer { right in left.baseAddress == right.baseAddress }
      }
  }
}
