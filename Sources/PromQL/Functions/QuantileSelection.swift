/// Finds quantiles without sorting everything.
enum QuantileSelection {
  /// The q-quantile, linear between the two ranks around `q·(n - 1)`; NaN values come first.
  ///
  /// Leaves the values in another order. Without values, or for a `q` that is no number, NaN.
  static func quantile(_ q: Double, reordering values: UnsafeMutableBufferPointer<Double>) -> Double
  {
    guard !values.isEmpty, !q.isNaN else { return .nan }
    guard q >= 0 else { return -.infinity }
    guard q <= 1 else { return .infinity }
    let rank = q * Double(values.count - 1)
    let lower = Int(rank)
    let weight = rank - rank.rounded(.down)
    let numbers = moveNaNsToFront(values)
    let low = element(lower, of: values, numbersFrom: numbers)
    let high =
      lower + 1 < values.count ? element(lower + 1, of: values, numbersFrom: numbers) : low
    return low * (1 - weight) + high * weight
  }

  /// The number of NaN values, which stand in front afterwards.
  private static func moveNaNsToFront(_ values: UnsafeMutableBufferPointer<Double>) -> Int {
    var front = 0
    for index in values.indices where values[index].isNaN {
      values.swapAt(front, index)
      front += 1
    }
    return front
  }

  private static func element(
    _ rank: Int, of values: UnsafeMutableBufferPointer<Double>, numbersFrom first: Int
  ) -> Double {
    rank < first ? .nan : select(rank, in: values, from: first)
  }

  /// Hoare's selection with the median of three as pivot; short runs are sorted by insertion.
  private static func select(
    _ rank: Int, in values: UnsafeMutableBufferPointer<Double>, from first: Int
  ) -> Double {
    var low = first
    var high = values.count - 1
    while high - low > 16 {
      let (left, right) = partition(values, low, high)
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        return values[rank]
      }
    }
    sortByInsertion(values, low, high)
    return values[rank]
  }

  /// Splits into values not above and values not below a pivot; gives where the right part starts
  /// and the left part ends.
  private static func partition(
    _ values: UnsafeMutableBufferPointer<Double>, _ low: Int, _ high: Int
  ) -> (left: Int, right: Int) {
    let middle = values[low + (high - low) / 2]
    let ends = (Swift.min(values[low], values[high]), Swift.max(values[low], values[high]))
    let pivot = Swift.max(ends.0, Swift.min(ends.1, middle))
    var left = low
    var right = high
    while left <= right {
      while values[left] < pivot { left += 1 }
      while values[right] > pivot { right -= 1 }
      if left <= right {
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    return (left, right)
  }

  private static func sortByInsertion(
    _ values: UnsafeMutableBufferPointer<Double>, _ low: Int, _ high: Int
  ) {
    guard low < high else { return }
    for index in low + 1...high {
      let value = values[index]
      var place = index
      while place > low, values[place - 1] > value {
        values[place] = values[place - 1]
        place -= 1
      }
      values[place] = value
    }
  }
}
