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
