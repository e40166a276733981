/// A sum whose rounding errors are added up beside it.
///
/// - Source: Neumaier's form of Kahan's summation, as in Prometheus's `kahanSumInc`.
struct CompensatedSum {
  /// The plain sum.
  var sum: Double
  /// What rounding has taken from it.
  var compensation: Double

  init(_ first: Double = 0, compensation: Double = 0) {
    sum = first
    self.compensation = compensation
  }

  /// The best estimate.
  var value: Double { sum + compensation }

  /// Adds a term.
  @inline(__always)
  mutating func add(_ term: Double) {
    let total = sum + term
    if total.isInfinite {
      compensation = 0
    } else if abs(sum) >= abs(term) {
      compensation += (sum - total) + term
    } else {
      compensation += (term - total) + sum
    }
    sum = total
  }
}
