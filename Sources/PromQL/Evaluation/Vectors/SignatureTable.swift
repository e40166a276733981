import Telemetry

/// Gives small numbers to equal selections of labels, in order of their first appearance.
struct SignatureTable {
  private var numbers: [[UInt8]: Int] = [:]
  private var key: [UInt8] = []

  /// How many different selections have been seen.
  var count: Int { numbers.count }

  /// The number of the labels that `isIncluded` selects by name.
  mutating func number(of labels: LabelSet, _ isIncluded: (String) -> Bool) -> Int {
    key.removeAll(keepingCapacity: true)
    for label in labels.labels where isIncluded(label.name) {
      key.append(contentsOf: label.name.utf8)
      key.append(0xFF)
      key.append(contentsOf: label.value.utf8)
      key.append(0xFF)
    }
    if let number = numbers[key] { return number }
    let number = numbers.count
    numbers[key] = number
    return number
  }

  /// The number of a whole label set.
  mutating func number(of labels: LabelSet) -> Int { number(of: labels) { _ in true } }
}
