import Canonical

/// Wordings that make one pattern.
struct PatternGroup {
  /// Indices of entries.
  let wordings: [Int]
  /// The parts of the template.
  private let parts: [Skeleton.Part]
  /// What is written when the lines were counted by their beginning or length.
  private let coarse: String?
  /// For each `<*>` of the template, the index of its part.
  private let variables: [Int]

  init(wordings: [Int], parts: [Skeleton.Part], variables: [Int]) {
    self.wordings = wordings
    self.parts = parts
    self.variables = variables
    coarse = nil
  }

  /// A group of what was counted by its beginning or length.
  init(coarse index: Int, in table: WordingTable) {
    let skeleton = table.entries[index].skeleton
    wordings = [index]
    coarse = TemplateText(coarse: skeleton).text
    (parts, variables) = ([], [])
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
    let names = names(in: sketches, lines: record.lines)
    let template = coarse ?? TemplateText(parts, variables: Set(variables), names: names).text
    return LogPattern(
      id: String(ContentDigest(of: template).hex.prefix(16)), template: template,
      count: record.lines, levels: record.levels, first: record.first, last: record.last,
      example: record.example, exampleStream: record.exampleStream,
      variables: zip(variables, sketches).compactMap { part, sketch in
        names[part] != nil
          ? nil
          : PatternVariable(
            examples: sketch.texts, cardinality: sketch.cardinality, isExact: sketch.isExact)
      }, occurrences: Self.occurrences(rows))
  }

  /// Positions that always had one and the same name with a number, such as `pool-1`: that is no
  /// value but part of the text.
  private func names(in sketches: [ValueSketch], lines: Int) -> [Int: [UInt8]] {
    guard lines >= Self.linesForName else { return [:] }
    var names: [Int: [UInt8]] = [:]
    for (part, sketch) in zip(variables, sketches) where sketch.hashes.count == 1 {
      guard let text = sketch.texts.first, Self.isNumberedName(text) else { continue }
      names[part] = text
    }
    return names
  }

  /// Lines that must agree before a numbered name counts as text.
  private static let linesForName = 10

  /// Letters, a dash, and one or two digits.
  private static func isNumberedName(_ text: [UInt8]) -> Bool {
    guard let dash = text.lastIndex(where: { $0 == 0x2D || $0 == 0x5F }), dash >= 3 else {
      return false
    }
    let digits = text[(dash + 1)...]
    return (1...2).contains(digits.count) && digits.allSatisfy(\.isASCIIDigit)
      && text[..<dash].allSatisfy { $0.isASCIILetter || $0 == 0x2D || $0 == 0x5F }
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
        wordings: wordings, parts: table.entries[wordings[0]].skeleton.parts,
        variables: variables)
    }
  }
}
