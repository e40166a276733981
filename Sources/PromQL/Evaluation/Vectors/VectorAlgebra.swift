import Telemetry

/// Operations on instant vectors over one grid, as Prometheus defines them; also what LogQL's
/// vectors need.
///
/// Columns come in any order and no two may have equal labels. A result holds only columns with at
/// least one value, none with equal labels, in the order in which they arose.
public struct VectorAlgebra: Sendable {
  /// The steps.
  public let grid: QueryGrid
  /// Whether names stay in the labels until the end of the query.
  public let delaysNameRemoval: Bool
  /// What an operation may cost.
  public let limits: QueryLimits

  /// Makes the operations over a grid.
  public init(
    over grid: QueryGrid, delaysNameRemoval: Bool = false, limits: QueryLimits = QueryLimits()
  ) {
    self.grid = grid
    self.delaysNameRemoval = delaysNameRemoval
    self.limits = limits
  }

  /// A scalar operation at each step; a comparison gives 0 or 1.
  public func combined(_ left: [Double], _ op: BinaryOperator, _ right: [Double]) -> [Double] {
    ColumnKernel.combined(left, op, right)
  }

  /// `vector op scalar` or `scalar op vector`.
  ///
  /// A comparison without `bool` keeps the vector's values where it holds.
  ///
  /// - Throws: `QueryError.execution` when dropped names leave equal labels.
  public func combined(
    _ vector: [Column], _ op: BinaryOperator, scalar: [Double], scalarIsLeft: Bool,
    returnsBool: Bool
  ) throws -> [Column] {
    let filters = op.isComparison && !returnsBool
    var results: [Column] = []
    results.reserveCapacity(vector.count)
    for var column in vector {
      let left = scalarIsLeft ? scalar : column.values
      let right = scalarIsLeft ? column.values : scalar
      if filters {
        column.values = ColumnKernel.filtered(left, op, right, keepsRight: scalarIsLeft)
        guard ColumnKernel.hasAny(column.values) else { continue }
      } else {
        column.values = ColumnKernel.combined(left, op, right)
      }
      results.append(column)
    }
    return filters ? results : try withoutNames(results)
  }

  /// The vector with its signs changed.
  public func negated(_ vector: [Column]) throws -> [Column] {
    try withoutNames(
      vector.map { column in
        Column(
          labels: column.labels, values: ColumnKernel.negated(column.values),
          dropsName: column.dropsName)
      })
  }

  /// The vector with its metric names dropped now, or marked to be dropped in the end.
  ///
  /// - Throws: `QueryError.execution` when that leaves equal labels with values at one step.
  public func withoutNames(_ vector: [Column]) throws -> [Column] {
    if delaysNameRemoval {
      return vector.map { Column(labels: $0.labels, values: $0.values, dropsName: true) }
    }
    let renamed = vector.map { column in
      Column(labels: column.labels.withoutMetadata, values: column.values, dropsName: true)
    }
    return Self.haveOneMetric(vector) ? renamed : try merged(renamed)
  }

  /// The vector with columns of equal labels made one.
  ///
  /// - Throws: `QueryError.execution` when two of them have values at one step.
  public func merged(_ vector: [Column]) throws -> [Column] {
    var table = SignatureTable()
    var results: [Column] = []
    for column in vector {
      let number = table.number(of: column.labels)
      if number == results.count {
        results.append(column)
        continue
      }
      for step in column.values.indices where !column.values[step].isAbsent {
        guard results[number].values[step].isAbsent else {
          throw QueryError.execution("vector cannot contain metrics with the same labelset")
        }
        results[number].values[step] = column.values[step]
      }
    }
    return results
  }

  /// Whether all columns carry the same metadata, so that dropping it cannot make labels equal.
  private static func haveOneMetric(_ vector: [Column]) -> Bool {
    guard let first = vector.first else { return true }
    let metadata = first.labels.labels.filter { LabelSet.isMetadata($0.name) }
    return vector.allSatisfy { column in
      let other = column.labels.labels.lazy.filter { LabelSet.isMetadata($0.name) }
      return other.elementsEqual(metadata)
    }
  }
}
