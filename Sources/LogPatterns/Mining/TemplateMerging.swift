/// Finds which words of wordings are values, by comparing all wordings of one length.
///
/// Two rules, applied until nothing changes, see the set of wordings and nothing else:
///
/// - *One position*: wordings equal but for one position vary there when that position holds many
///   words, fewer of them behind words that introduce a value (`user`, `for`, `=`) or when they
///   look like names (`a.b.C`), or any word beside a value.
/// - *Rare words*: wordings equal but for their rare words, at most half of all, vary in these when
///   there are many of them.
///
/// - Source: the idea of Drain (He et al. 2017) to keep length and leading words apart, and of
///   Brain (Yu et al. 2023) to compare the frequency of words by position.
struct TemplateMerging {
  /// The id of every value.
  static let variable: Int32 = 0

  private var words = WordList()
  /// The current sequence of ids of each wording, as an index into `sequences`.
  private var current: [Int]
  private var sequences: [[Int32]]

  /// Prepares wordings given by their parts.
  init(_ skeletons: [[Skeleton.Part]]) {
    sequences = skeletons.map { parts in parts.map { part in 0 } }
    current = Array(skeletons.indices)
    for (index, parts) in skeletons.enumerated() {
      sequences[index] = parts.map { words.id(of: $0) }
    }
  }

  /// The ids of each wording, in the order given, with values as `variable`.
  mutating func merged() -> [[Int32]] {
    for _ in 0..<MergeRules.passes {
      unify()
      let columns = changes()
      if columns.isEmpty { break }
      for change in columns { sequences[change.sequence][change.column] = Self.variable }
    }
    return current.map { sequences[$0] }
  }

  /// Lets equal sequences stand once.
  private mutating func unify() {
    var first: [[Int32]: Int] = [:]
    var kept: [[Int32]] = []
    let moved = sequences.map { sequence in
      if let index = first[sequence] { return index }
      first[sequence] = kept.count
      kept.append(sequence)
      return kept.count - 1
    }
    sequences = kept
    current = current.map { moved[$0] }
  }

  /// A position of a sequence.
  private struct Column {
    let sequence: Int
    let column: Int
  }

  private func changes() -> [Column] {
    let byLength = Dictionary(grouping: sequences.indices) { sequences[$0].count }
    return byLength.keys.sorted().flatMap { length -> [Column] in
      guard let group = byLength[length], group.count > 1 else { return [] }
      return onePosition(group) + rareWords(group)
    }
  }

  // MARK: One position

  /// A sequence without one of its positions.
  private struct Remainder {
    let key: UInt64
    let sequence: Int
    let column: Int
  }

  private func onePosition(_ group: [Int]) -> [Column] {
    var remainders: [Remainder] = []
    for index in group {
      let sequence = sequences[index]
      let constants = sequence.count { words.isConstant($0) }
      let whole = sequence.indices.reduce(UInt64(0)) { $0 &+ Self.hash(sequence[$1], at: $1) }
      for column in sequence.indices where !words.isMark(sequence[column]) {
        let others = constants - (words.isConstant(sequence[column]) ? 1 : 0)
        guard others >= MergeRules.constantsLeft else { continue }
        let key = whole &- Self.hash(sequence[column], at: column)
        remainders.append(
          Remainder(
            key: ByteHash.mixed(key, UInt64(column)), sequence: index, column: column))
      }
    }
    return Self.runs(remainders, key: \.key).flatMap { run -> [Column] in
      varies(run) ? run.map { Column(sequence: $0.sequence, column: $0.column) } : []
    }
  }

  private func varies(_ run: ArraySlice<Remainder>) -> Bool {
    guard run.count > 1, let first = run.first else { return false }
    let ids = run.map { sequences[$0.sequence][first.column] }
    if ids.contains(Self.variable) { return true }
    let before = first.column > 0 ? sequences[first.sequence][first.column - 1] : nil
    return ids.count >= threshold(for: ids, behind: before)
  }

  private func threshold(for ids: [Int32], behind before: Int32?) -> Int {
    if let before, words.isEqualsSign(before) { return MergeRules.behindEqualsSign }
    if let before, words.introducesValue(before) { return MergeRules.behindIntroduction }
    if before == nil { return MergeRules.atBeginning }
    let names = ids.count { words.isName($0) }
    return names * 2 >= ids.count ? MergeRules.names : MergeRules.words
  }

  // MARK: Rare words

  private func rareWords(_ group: [Int]) -> [Column] {
    var counts: [Int64: Int] = [:]
    for index in group {
      for (column, id) in sequences[index].enumerated() {
        counts[Self.place(id, column), default: 0] += 1
      }
    }
    let rare = max(MergeRules.rare, group.count / MergeRules.rareShare)
    var remainders: [Remainder] = []
    var columns: [Int: [Int]] = [:]
    for index in group {
      let sequence = sequences[index]
      let constants = sequence.indices.filter { words.isConstant(sequence[$0]) }
      let low = constants.filter { counts[Self.place(sequence[$0], $0), default: 0] <= rare }
      guard !low.isEmpty, low.count * 2 <= constants.count else { continue }
      let isLow = Set(low)
      let key = sequence.indices.reduce(UInt64(0)) {
        $0 &+ Self.hash(isLow.contains($1) ? Self.variable : sequence[$1], at: $1)
      }
      columns[index] = low
      remainders.append(Remainder(key: key, sequence: index, column: 0))
    }
    return Self.runs(remainders, key: \.key).flatMap { run -> [Column] in
      let areNames = run.allSatisfy { remainder in
        columns[remainder.sequence, default: []].allSatisfy {
          words.isName(sequences[remainder.sequence][$0])
        }
      }
      guard run.count >= (areNames ? MergeRules.names : MergeRules.rareWordings) else { return [] }
      return run.flatMap { remainder in
        columns[remainder.sequence, default: []].map {
          Column(sequence: remainder.sequence, column: $0)
        }
      }
    }
  }

  private static func place(_ id: Int32, _ column: Int) -> Int64 {
    Int64(column) << 32 | Int64(id)
  }

  private static func hash(_ id: Int32, at column: Int) -> UInt64 {
    ByteHash.mixed(UInt64(UInt32(bitPattern: id)) &+ 1, UInt64(column) &+ 1)
  }

  /// The elements of equal keys together.
  private static func runs(
    _ remainders: [Remainder], key: KeyPath<Remainder, UInt64>
  ) -> [ArraySlice<Remainder>] {
    let sorted = remainders.sorted {
      ($0.key, $0.sequence, $0.column) < ($1.key, $1.sequence, $1.column)
    }
    var runs: [ArraySlice<Remainder>] = []
    var start = 0
    for index in sorted.indices.dropFirst() where sorted[index].key != sorted[start].key {
      if index - start > 1 { runs.append(sorted[start..<index]) }
      start = index
    }
    if sorted.count - start > 1 { runs.append(sorted[start...]) }
    return runs
  }
}

/// When words count as values. One configuration for every system.
enum MergeRules {
  /// Rounds of merging.
  static let passes = 6
  /// Words that must stay for two wordings to be compared.
  static let constantsLeft = 1
  /// Different words that make a position vary.
  static let words = 8
  /// The same for the first word, which tells wordings apart most often.
  static let atBeginning = 12
  /// The same for words that look like names: `a.b.C`.
  static let names = 3
  /// The same behind `user`, `for` and the like.
  static let behindIntroduction = 3
  /// The same behind `=`.
  static let behindEqualsSign = 4
  /// A word is rare that stands in at most this many wordings at its position…
  static let rare = 2
  /// …or in at most one of this many.
  static let rareShare = 50
  /// Wordings that agree but for rare words, to make these values.
  static let rareWordings = 8
}
