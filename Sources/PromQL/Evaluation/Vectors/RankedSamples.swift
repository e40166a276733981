/// The k greatest or least values of a group at one step.
///
/// Which of equal values stays, and their order, follow from how the binary heap moves them; so it
/// moves them as Go's `container/heap`, which Prometheus uses.
struct RankedSamples {
  /// A value and the index of its series.
  struct Entry {
    let value: Double
    let series: Int
  }

  private let isTop: Bool
  private var limit: Int
  private var heap: [Entry] = []

  /// Makes an empty ranking.
  ///
  /// - Parameters:
  ///   - isTop: Whether the greatest are kept, else the least.
  ///   - limit: How many.
  init(isTop: Bool, limit: Int) {
    self.isTop = isTop
    self.limit = limit
  }

  /// Forgets every value, and ranks anew.
  mutating func restart(limit: Int) {
    self.limit = limit
    heap.removeAll(keepingCapacity: true)
  }

  /// Offers a value.
  mutating func offer(_ entry: Entry) {
    guard limit > 0 else { return }
    if heap.count < limit {
      heap.append(entry)
      siftUp(heap.count - 1)
    } else if isBetter(entry.value, than: heap[0].value) {
      heap[0] = entry
      siftDown(0)
    }
  }

  /// The series of the kept values, in no order that means anything.
  var kept: [Int] { heap.map(\.series) }

  /// The series of the kept values, the best first, NaN last.
  var best: [Int] {
    heap.enumerated().sorted { left, right in
      let (first, second) = (left.element.value, right.element.value)
      if first.isNaN || second.isNaN {
        return first.isNaN == second.isNaN ? left.offset < right.offset : second.isNaN
      }
      if first == second { return left.offset < right.offset }
      return isTop ? first > second : first < second
    }.map(\.element.series)
  }

  private func isBetter(_ value: Double, than kept: Double) -> Bool {
    (isTop ? kept < value : kept > value) || kept.isNaN && !value.isNaN
  }

  /// Whether the value goes first: NaN is worse than any number.
  private func isWorse(_ value: Double, than other: Double) -> Bool {
    if value.isNaN { return true }
    return isTop ? value < other : value > other
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard isWorse(heap[child].value, than: heap[parent].value) else { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func siftDown(_ start: Int) {
    var parent = start
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count && isWorse(heap[child + 1].value, than: heap[child].value) {
        child += 1
      }
      guard isWorse(heap[child].value, than: heap[parent].value) else { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }
}
