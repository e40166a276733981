import Telemetry

extension VectorAlgebra {
  private struct Key: Hashable {
    let group: Int
    let value: UInt64
  }

  /// `count_values("label", vector)`: how many series of a group have each value.
  ///
  /// - Parameter label: Where the value stands in the result, in plain decimal digits.
  /// - Throws: `QueryError.budget` when there are more different values than may be held.
  public func valueCounts(
    _ vector: [Column], label: String, by names: [String] = [], isWithout: Bool = false
  ) throws -> [Column] {
    let bare = vector.map { column in
      Column(
        labels: column.labels.setting(label, to: ""), values: column.values,
        dropsName: column.dropsName)
    }
    let grouping = Grouping(bare, by: names, isWithout: isWithout)
    let isHidden = isWithout && names.contains { $0.hasSameBytes(as: label) }
    var numbers: [Key: Int] = [:]
    var results: [Column] = []
    for (column, group) in zip(bare, grouping.numbers) {
      for (step, value) in column.values.enumerated() where !value.isAbsent {
        let bits = isHidden ? 0 : value.isNaN ? Double.nan.bitPattern : value.bitPattern
        let number = numbers[Key(group: group, value: bits), default: results.count]
        if number == results.count {
          numbers[Key(group: group, value: bits)] = number
          let text = isHidden ? "" : value.plainText
          results.append(
            Column(
              labels: grouping.labels[group].setting(label, to: text),
              values: [Double](repeating: .absent, count: grid.count)))
          guard results.count * grid.count <= limits.samples else {
            throw QueryError.budget(what: "values held at a time", limit: limits.samples)
          }
        }
        let count = results[number].values[step]
        results[number].values[step] = count.isAbsent ? 1 : count + 1
      }
    }
    return results
  }
}
