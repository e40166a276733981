/// Running totals of a counter, so that the sum over any window costs the same.
struct WindowSums {
  /// The sum of all increases before each step; one more than there are steps.
  private let totals: [Double]
  /// The number of steps with data before each step.
  private let covered: [Int]

  init(_ reading: CounterReading) {
    totals = reading.increases.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    covered = reading.isCovered.reduce(into: [0]) { $0.append(($0.last ?? 0) + ($1 ? 1 : 0)) }
  }

  /// The sum over the last `steps` steps up to and with `step`; never negative.
  func sum(last steps: Int, upTo step: Int) -> Double {
    max(0, totals[step + 1] - totals[max(0, step - steps + 1)])
  }

  /// How many of the last `steps` steps had data; steps before the window had none.
  func covered(last steps: Int, upTo step: Int) -> Int {
    covered[step + 1] - covered[max(0, step - steps + 1)]
  }
}
