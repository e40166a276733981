import Telemetry

/// Finds series of the many side that give one result twice at a step.
struct MatchUniqueness {
  private struct Key: Hashable {
    let group: Int
    let labels: Int
  }

  /// Whether `group_left` or `group_right` allows many, as long as the results differ in labels.
  let isGrouped: Bool
  private var table = SignatureTable()
  private var taken: [Key: [Bool]] = [:]

  init(isGrouped: Bool) {
    self.isGrouped = isGrouped
  }

  /// Notes a match.
  ///
  /// - Throws: `QueryError.execution` when an earlier match of the group has the same labels, or
  ///   any without grouping, at one of the steps.
  mutating func note(
    _ column: Column, _ partner: Column, group: Int, labels: LabelSet
  ) throws {
    let key = Key(group: group, labels: isGrouped ? table.number(of: labels) : 0)
    let count = column.values.count
    for step in 0..<count
    where !column.values[step].isAbsent && !partner.values[step].isAbsent {
      if taken[key, default: [Bool](repeating: false, count: count)][step] {
        throw QueryError.execution(
          isGrouped
            ? "multiple matches for labels: grouping labels must ensure unique matches"
            : "multiple matches for labels: many-to-one matching must be explicit"
              + " (group_left/group_right)")
      }
      taken[key, default: [Bool](repeating: false, count: count)][step] = true
    }
  }
}
