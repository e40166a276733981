import Canonical

/// The patterns of everything a miner counted.
public struct MinedPatterns {
  /// The patterns, the most frequent first, then by template.
  public let patterns: [LogPattern]
  /// What was read.
  public let totals: MiningTotals
  /// Events counted by their beginning or length only, since there were too many wordings.
  public let coarse: Int

  private let table: WordingTable
  private let splitter = LineSplitter()
  /// The pattern of each wording.
  private let patternOfWording: [Int32]

  /// Generalises what miners counted.
  public init(of counts: PatternCounts) {
    var counts = counts
    counts.finish()
    let table = counts.table
    let live = table.entries.indices.filter {
      table.entries[$0].heir < 0 && table.entries[$0].record.lines > 0
    }
    let whole = live.filter { table.entries[$0].skeleton.depth == .whole }
    let groups =
      PatternGroups.groups(of: whole, in: table)
      + live.filter { table.entries[$0].skeleton.depth != .whole }
      .map { PatternGroup(coarse: $0, in: table) }
    var rows: [Int32: [OccurrenceTable.Row]] = [:]
    for row in counts.occurrences.rows {
      rows[Int32(table.heir(of: Int(row.wording))), default: []].append(row)
    }
    let made = groups.map { group in
      (group, group.pattern(in: table, rows: group.wordings.flatMap { rows[Int32($0)] ?? [] }))
    }
    .sorted { left, right in
      left.1.count == right.1.count
        ? left.1.template.precedesInBytes(right.1.template) : left.1.count > right.1.count
    }
    var patternOfWording = Array(repeating: Int32(-1), count: table.entries.count)
    for (index, (group, _)) in made.enumerated() {
      for wording in group.wordings { patternOfWording[wording] = Int32(index) }
    }
    patterns = made.map(\.1)
    totals = counts.totals
    coarse = live.filter { table.entries[$0].skeleton.depth != .whole }
      .reduce(0) { $0 + table.entries[$1].record.lines }
    self.table = table
    self.patternOfWording = patternOfWording
  }

  /// The index in `patterns` of an event that was counted; nil for one that was not.
  public func index(of event: UnsafeRawBufferPointer) -> Int? {
    splitter.split(event) { line in
      let wording = table.counting(Skeleton.hash(line.tokens)) {
        Skeleton(line.tokens, in: line.bytes)
      }
      guard let wording, patternOfWording[wording] >= 0 else { return nil }
      return Int(patternOfWording[wording])
    }
  }
}
