import Telemetry

/// Which series of one side of a binary operation share their matching labels.
struct MatchGroups {
  /// The group of each series.
  let numbers: [Int]
  /// The series of each group, ascending.
  let members: [[Int]]

  /// Makes groups from the number of each series.
  init(_ numbers: ArraySlice<Int>, count: Int) {
    self.numbers = Array(numbers)
    var members = [[Int]](repeating: [], count: count)
    for (index, number) in self.numbers.enumerated() { members[number].append(index) }
    self.members = members
  }

  /// The first two series of one group that both have a value at a step that counts.
  func firstOverlap(
    of vector: [Column], where counts: [Bool]
  ) -> (earlier: Int, later: Int)? {
    var first: (step: Int, earlier: Int, later: Int)?
    for group in members where group.count > 1 {
      var owners = [Int?](repeating: nil, count: vector[group[0]].values.count)
      for index in group {
        for step in owners.indices where !vector[index].values[step].isAbsent {
          if let owner = owners[step] {
            if let first, (first.step, first.later) <= (step, index) { break }
            if counts[step] { first = (step, owner, index) }
          } else {
            owners[step] = index
          }
        }
      }
    }
    return first.map { ($0.earlier, $0.later) }
  }
}

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
