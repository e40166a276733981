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

/// Wordings that make one pattern.
struct PatternGroup {
  /// Indices of entries.
  let wordings: [Int]
  /// The template, in tokens.
  let template: TemplateText
  /// For each `<*>` of the template, the index of its part.
  let variables: [Int]

  init(wordings: [Int], template: TemplateText, variables: [Int]) {
    self.wordings = wordings
    self.template = template
    self.variables = variables
  }

  /// A group of what was counted by its beginning or length.
  init(coarse index: Int, in table: WordingTable) {
    let skeleton = table.entries[index].skeleton
    wordings = [index]
    template = TemplateText(coarse: skeleton)
    variables = []
  }

  /// The pattern of the group.
  func pattern(in table: WordingTable, rows: [OccurrenceTable.Row]) -> LogPattern {
    var record = WordingRecord(variables: 0)
    var sketches = Array(repeating: ValueSketch(), count: variables.count)
    for wording in wordings {
      let entry = table.entries[wording]
      record.merge(entry.record, sameWording: false)
      for (index, part) in variables.enumerated() {
        sketches[index].merge(Self.sketch(of: part, in: entry))
      }
    }
    return LogPattern(
      id: String(ContentDigest(of: template.text).hex.prefix(16)), template: template.text,
      count: record.lines, levels: record.levels, first: record.first, last: record.last,
      example: record.example, exampleStream: record.exampleStream,
      variables: sketches.map {
        PatternVariable(examples: $0.texts, cardinality: $0.cardinality, isExact: $0.isExact)
      }, occurrences: Self.occurrences(rows))
  }

  /// What stood at a part of a wording: its values, or the word itself.
  private static func sketch(of part: Int, in entry: WordingTable.Entry) -> ValueSketch {
    let parts = entry.skeleton.parts
    guard parts[part].kind != .variable else {
      let variable = parts[..<part].count { $0.kind == .variable }
      return entry.record.sketches[variable]
    }
    var sketch = ValueSketch()
    parts[part].text.withUnsafeBytes {
      sketch.insert(ByteHash.hash($0, 0, $0.count), filling: $0)
    }
    return sketch
  }

  private static func occurrences(_ rows: [OccurrenceTable.Row]) -> [PatternOccurrence] {
    let sorted = rows.sorted { ($0.stream, $0.step, $0.wording) < ($1.stream, $1.step, $1.wording) }
    var occurrences: [PatternOccurrence] = []
    for row in sorted {
      var count = Int(row.lines)
      if let last = occurrences.last, last.stream == row.stream, last.step == row.step {
        count += last.count
        occurrences.removeLast()
      }
      occurrences.append(PatternOccurrence(stream: row.stream, step: row.step, count: count))
    }
    return occurrences
  }
}

/// Puts wordings into groups.
enum PatternGroups {
  static func groups(of wordings: [Int], in table: WordingTable) -> [PatternGroup] {
    // Sorted, so that what is equal stands in the same order in every run.
    let texts = wordings.map { TemplateText(table.entries[$0].skeleton.parts, variables: []) }
    let order = wordings.indices.sorted { texts[$0].text.precedesInBytes(texts[$1].text) }
    var merging = TemplateMerging(order.map { table.entries[wordings[$0]].skeleton.parts })
    let ids = merging.merged()
    var members: [[Int32]: [Int]] = [:]
    var keys: [[Int32]] = []
    for (position, sequence) in ids.enumerated() {
      if members[sequence] == nil { keys.append(sequence) }
      members[sequence, default: []].append(wordings[order[position]])
    }
    return keys.map { key in
      let wordings = members[key] ?? []
      let variables = key.indices.filter { key[$0] == TemplateMerging.variable }
      return PatternGroup(
        wordings: wordings,
        template: TemplateText(
          table.entries[wordings[0]].skeleton.parts, variables: Set(variables)),
        variables: variables)
    }
  }
}

/// A template as text.
struct TemplateText {
  /// What stands for a value.
  static let value = "<*>"

  let text: String

  /// The text of parts, those of the indices `variables` as values too.
  init(_ parts: [Skeleton.Part], variables: Set<Int>) {
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if index > 0, !part.isGlued { bytes.append(0x20) }
      if part.kind == .variable || variables.contains(index) {
        bytes.append(contentsOf: Self.value.utf8)
      } else {
        bytes.append(contentsOf: part.text)
      }
    }
    text = String(decoding: bytes, as: UTF8.self)
  }

  /// What is written for lines that are counted by their beginning or length.
  init(coarse skeleton: Skeleton) {
    let words = TemplateText(skeleton.parts, variables: []).text
    text =
      words.isEmpty
      ? "(other lines of \(skeleton.length) words)"
      : "\(words) (and other words, \(skeleton.length) in all)"
  }
}
