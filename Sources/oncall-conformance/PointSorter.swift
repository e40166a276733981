import Canonical
import PromQL
import Telemetry

/// Sorts the points of two answers by what their expression reads, and compares them.
struct PointSorter {
  /// The instants of both answers.
  let grid: QueryGrid
  /// The instant, in milliseconds, from which every window is complete; those before are counted
  /// only.
  let leadIn: Int64
  /// Whether the expression has range selectors.
  let readsRanges: Bool
  /// The instant, in milliseconds, from which ranges hold scrapes; nil for never.
  let scrapesBegin: Int64?
  /// What was counted.
  private(set) var tallies: [RecordedComparison.Reading: PointTally] = [:]

  /// Compares two answers.
  mutating func add(_ theirs: [Column], _ ours: [Column]) {
    let other = Dictionary(uniqueKeysWithValues: ours.map { ($0.labels, $0.values) })
    let none = [Double](repeating: .absent, count: grid.count)
    for column in theirs { add(column.values, other[column.labels] ?? none, column.labels) }
    let known = Set(theirs.map(\.labels))
    for column in ours where !known.contains(column.labels) {
      add(none, column.values, column.labels)
    }
  }

  private mutating func add(_ theirs: [Double], _ ours: [Double], _ labels: LabelSet) {
    for step in 0..<grid.count {
      add(theirs[step], ours[step], labels, at: grid[step])
    }
  }

  private mutating func add(
    _ theirs: Double, _ ours: Double, _ labels: LabelSet, at time: Int64
  ) {
    var tally = tallies[reading(at: time)] ?? PointTally()
    switch (theirs.isAbsent, ours.isAbsent) {
    case (true, true): return
    case _ where time < leadIn: tally.leadIn += 1
    case (false, true):
      tally.recorded += 1
      tally.onlyTheirs += 1
    case (true, false): tally.onlyOurs += 1
    case (false, false):
      tally.add(theirs: theirs, ours: ours) {
        let pairs = labels.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        return "\(Canonical.text(Timestamp(milliseconds: time))) {\(pairs)}"
      }
    }
    tallies[reading(at: time)] = tally
  }

  private func reading(at time: Int64) -> RecordedComparison.Reading {
    guard readsRanges else { return .instants }
    return scrapesBegin.map { time >= $0 } == true ? .scrapes : .grid
  }
}
