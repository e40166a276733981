import Telemetry

extension VectorAlgebra {
  /// `left and right`, `left or right` or `left unless right`, step by step.
  ///
  /// - Throws: `QueryError.execution` when `or` leaves equal labels with values at one step.
  public func joined(
    _ left: [Column], _ op: BinaryOperator, _ right: [Column], setMatching matching: VectorMatching
  ) throws -> [Column] {
    var table = SignatureTable()
    let leftNumbers = left.map { table.number(of: $0.labels, matching.keeps) }
    let rightNumbers = right.map { table.number(of: $0.labels, matching.keeps) }
    switch op {
    case .and:
      return selected(left, leftNumbers, where: presence(right, rightNumbers), is: true)
    case .unless:
      return selected(left, leftNumbers, where: presence(right, rightNumbers), is: false)
    case .or:
      let added = selected(right, rightNumbers, where: presence(left, leftNumbers), is: false)
      return try merged(left + added)
    default: preconditionFailure("BUG: \(op.rawValue) is no set operator")
    }
  }

  /// For each match group, the steps at which any of its series has a value.
  private func presence(_ vector: [Column], _ numbers: [Int]) -> [Int: [Bool]] {
    var presence: [Int: [Bool]] = [:]
    for (column, number) in zip(vector, numbers) {
      ColumnKernel.mark(
        column.values, in: &presence[number, default: [Bool](repeating: false, count: grid.count)])
    }
    return presence
  }

  private func selected(
    _ vector: [Column], _ numbers: [Int], where presence: [Int: [Bool]], is wanted: Bool
  ) -> [Column] {
    var results: [Column] = []
    for (var column, number) in zip(vector, numbers) {
      if let present = presence[number] {
        column.values = ColumnKernel.values(column.values, where: present, is: wanted)
        guard ColumnKernel.hasAny(column.values) else { continue }
      } else if wanted {
        continue
      }
      results.append(column)
    }
    return results
  }
}
