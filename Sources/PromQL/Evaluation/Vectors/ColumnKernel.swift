internal import Glibc

/// Loops over the steps of columns; the one place where values are read through pointers.
///
/// A step without a value on either side has none in the result.
enum ColumnKernel {
  /// A value computed at each step where both sides have one.
  static func combined(
    _ left: [Double], _ op: BinaryOperator, _ right: [Double]
  ) -> [Double] {
    switch op {
    case .add: mapped(left, right) { $0 + $1 }
    case .subtract: mapped(left, right) { $0 - $1 }
    case .multiply: mapped(left, right) { $0 * $1 }
    case .divide: mapped(left, right) { $0 / $1 }
    case .modulo: mapped(left, right) { fmod($0, $1) }
    case .power: mapped(left, right) { pow($0, $1) }
    case .atan2: mapped(left, right) { atan2($0, $1) }
    case .equal: mapped(left, right) { $0 == $1 ? 1 : 0 }
    case .notEqual: mapped(left, right) { $0 != $1 ? 1 : 0 }
    case .greater: mapped(left, right) { $0 > $1 ? 1 : 0 }
    case .less: mapped(left, right) { $0 < $1 ? 1 : 0 }
    case .greaterOrEqual: mapped(left, right) { $0 >= $1 ? 1 : 0 }
    case .lessOrEqual: mapped(left, right) { $0 <= $1 ? 1 : 0 }
    case .and, .or, .unless: preconditionFailure("BUG: set operator on values")
    }
  }

  /// The values of `kept`, one of the two sides, at the steps where the comparison holds.
  static func filtered(
    _ left: [Double], _ op: BinaryOperator, _ right: [Double], keepsRight: Bool
  ) -> [Double] {
    let verdicts = combined(left, op, right)
    return mapped(verdicts, keepsRight ? right : left) { $0 == 1 ? $1 : .absent }
  }

  /// The negated values.
  static func negated(_ values: [Double]) -> [Double] {
    mapped(values, values) { value, _ in -value }
  }

  /// The values at the steps that `present` marks, or at the others.
  static func values(_ values: [Double], where present: [Bool], is wanted: Bool) -> [Double] {
    values.indices.map { present[$0] == wanted ? values[$0] : .absent }
  }

  /// The values after a function that also takes numbers, which change from step to step.
  static func mapped(
    _ values: [Double], scalars: [[Double]],
    _ body: (Double, UnsafeBufferPointer<Double>) -> Double
  ) -> [Double] {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: scalars.count) { numbers in
      numbers.initialize(repeating: 0)
      var result = values
      for step in values.indices where !values[step].isAbsent {
        for index in scalars.indices { numbers[index] = scalars[index][step] }
        result[step] = body(values[step], UnsafeBufferPointer(numbers))
      }
      return result
    }
  }

  /// Whether any step has a value.
  static func hasAny(_ values: [Double]) -> Bool { values.contains { !$0.isAbsent } }

  /// Marks the steps at which a column has a value.
  static func mark(_ values: [Double], in present: inout [Bool]) {
    for step in values.indices where !values[step].isAbsent { present[step] = true }
  }

  @inline(__always)
  private static func mapped(
    _ left: [Double], _ right: [Double], _ body: (Double, Double) -> Double
  ) -> [Double] {
    precondition(left.count == right.count, "BUG: columns of different grids")
    return [Double](unsafeUninitializedCapacity: left.count) { result, count in
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          for step in 0..<left.count {
            let isAbsent = left[step].isAbsent || right[step].isAbsent
            result[step] = isAbsent ? .absent : body(left[step], right[step])
          }
        }
      }
      count = left.count
    }
  }
}
