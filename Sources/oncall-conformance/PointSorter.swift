import Canonical
import PromQL
import Telemetry

/// Sorts the points of two answers by what their expression reads, and compares them.
struct PointSorter {
  /// The instants of both answers.
  let grid: QueryGrid
  /// The instants, in milliseconds, whose windows the bundle holds in full; others are counted
  /// only.
  let complete: ClosedRange<Int64>
  /// Whether the expression has range selectors.
  let readsRanges: Bool
  /// The instant, in milliseconds, from which ranges hold scrapes; nil for never.
  let scrapesBegin: Int64?
  /// What the expression gives over the series alone of which there are scrapes.
  let scraped: [LabelSet: [Double]]
  /// What was counted.
  private(set) var tallies: [RecordedComparison.Reading: PointTally] = [:]

  init(
    grid: QueryGrid, complete: ClosedRange<Int64>, readsRanges: Bool = false,
    scrapesBegin: Int64? = nil, scraped: [Column] = []
  ) {
    self.grid = grid
    self.complete = complete
    self.readsRanges = readsRanges
    self.scrapesBegin = scrapesBegin
    self.scraped = Dictionary(uniqueKeysWithValues: scraped.map { ($0.labels, $0.values) })
  }

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
    let alone = scraped[labels]
    for step in 0..<grid.count {
      let value = alone?[step] ?? .absent
      let isScraped = value.bitPattern == ours[step].bitPattern
      let reading = reading(at: grid[step], isScraped: isScraped)
      add(
        theirs[step], ours[step], labels, at: grid[step],
        to: &tallies[reading, default: PointTally()])
    }
  }

  private func add(
    _ theirs: Double, _ ours: Double, _ labels: LabelSet, at time: Int64,
    to tally: inout PointTally
  ) {
    switch (theirs.isAbsent, ours.isAbsent) {
    case (true, true): return
    case _ where !complete.contains(time): tally.leadIn += 1
    case (false, true):
      tally.recorded += 1
      tally.onlyTheirs += 1
      if tally.worst.isEmpty { tally.worst = Self.place(labels, time) + ": only theirs" }
    case (true, false):
      tally.onlyOurs += 1
      if tally.worst.isEmpty { tally.worst = Self.place(labels, time) + ": only ours" }
    case (false, false):
      tally.add(theirs: theirs, ours: ours) { Self.place(labels, time) }
    }
  }

  private static func place(_ labels: LabelSet, _ time: Int64) -> String {
    let pairs = labels.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
    return "\(Canonical.text(Timestamp(milliseconds: time))) {\(pairs)}"
  }

  private func reading(at time: Int64, isScraped: Bool) -> RecordedComparison.Reading {
    guard readsRanges else { return .instants }
    guard isScraped, let scrapesBegin, time >= scrapesBegin else { return .grid }
    return .scrapes
  }
}
