import Telemetry

/// Which series an aggregation puts together.
struct Grouping {
  /// The group of each series, numbered by first appearance.
  let numbers: [Int]
  /// The series of each group, ascending.
  let members: [[Int]]
  /// The labels of each group's result.
  let labels: [LabelSet]

  /// Groups a vector by the labels named, or by all but these and the metric's name.
  init(_ vector: [Column], by names: [String], isWithout: Bool) {
    func keeps(_ name: String) -> Bool {
      let isNamed = names.contains { $0.hasSameBytes(as: name) }
      return isWithout ? !isNamed && !name.hasSameBytes(as: "__name__") : isNamed
    }
    var table = SignatureTable()
    var numbers: [Int] = []
    var members: [[Int]] = []
    var labels: [LabelSet] = []
    for (index, column) in vector.enumerated() {
      let number = table.number(of: column.labels, keeps)
      numbers.append(number)
      if number == members.count {
        members.append([])
        labels.append(column.labels.filter(keeps))
      }
      members[number].append(index)
    }
    self.numbers = numbers
    self.members = members
    self.labels = labels
  }
}
