import Telemetry

/// Counts lines by wording, in bounded memory.
///
/// When there are more wordings than may be kept, those of the smallest hashes stay: which they are
/// depends on the set of wordings alone, and a wording that stays at the end was kept since its
/// first line, so its count is exact. The others are counted by their beginning and, when there are
/// too many beginnings, by their length. Every line is counted once, whatever its order.
struct WordingTable: Sendable {
  /// What is known of a wording.
  struct Entry: Sendable {
    let hash: UInt64
    fileprivate(set) var skeleton: Skeleton
    var record: WordingRecord
    /// Where its lines are counted instead, once it is not kept any more.
    var heir: Int32 = -1
  }

  private(set) var entries: [Entry] = []
  private var slots: [Int32]
  private var mask: Int
  private let limits: MiningLimits
  private var counts: [Int]
  /// Wordings of a depth with larger hashes are not kept.
  private var largest: [UInt64]

  init(limits: MiningLimits) {
    self.limits = limits
    slots = Array(repeating: -1, count: 1024)
    mask = 1023
    counts = [0, 0, 0]
    largest = [.max, .max, .max]
  }

  /// The entry of a hash; nil when none was made.
  func index(of hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let index = slots[slot]
      if index < 0 { return nil }
      if entries[Int(index)].hash == hash { return Int(index) }
      slot = (slot &+ 1) & mask
    }
  }

  /// The entry that counts lines of `hash`: the wording itself or what stands for it.
  mutating func index(of hash: UInt64, skeleton: () -> Skeleton) -> Int {
    if let index = index(of: hash) { return heir(of: index) }
    return insert(skeleton(), hash)
  }

  /// The entry where the lines of the entry at `index` are counted.
  func heir(of index: Int) -> Int {
    var index = index
    while entries[index].heir >= 0 { index = Int(entries[index].heir) }
    return index
  }

  /// The entry that would count lines of a skeleton that may have been seen; nil when it was not.
  func counting(_ hash: UInt64, skeleton: () -> Skeleton) -> Int? {
    if let index = index(of: hash) { return heir(of: index) }
    var skeleton = skeleton()
    while let next = skeleton.shallower {
      skeleton = next
      if let index = index(of: skeleton.hash) { return heir(of: index) }
    }
    return nil
  }

  /// Counts an event under an entry.
  mutating func count(
    _ event: UnsafeRawBufferPointer, of index: Int, at time: Int64, stream: Int32, level: LogLevel,
    tokens: UnsafeBufferPointer<Token>, in bytes: UnsafeRawBufferPointer
  ) {
    entries[index].record.add(event, at: time, stream: stream, level: level)
    guard entries[index].skeleton.depth == .whole else { return }
    var variable = 0
    for token in tokens where token.kind == .variable {
      let hash = ByteHash.hash(bytes, Int(token.start), Int(token.end))
      if hash < entries[index].record.sketches[variable].limit {
        entries[index].record.insert(
          hash, into: variable, bytes, Int(token.start), Int(token.end))
      }
      variable &+= 1
    }
  }

  /// Drops what is over the limits, so that the result does not depend on when that happened.
  mutating func finish() {
    for depth in Skeleton.Depth.allCases { trim(depth, to: limit(of: depth)) }
  }

  /// Adds the lines of another table; both are finished.
  mutating func merge(_ other: WordingTable, moved: (Int, Int) -> Void) {
    for (index, entry) in other.entries.enumerated() where entry.heir < 0 && entry.record.lines > 0
    {
      let target = self.index(of: entry.hash) { entry.skeleton }
      entries[target].record.merge(
        entry.record, sameWording: entries[target].skeleton.depth == entry.skeleton.depth)
      moved(index, target)
    }
  }

  // MARK: Growing

  private mutating func insert(_ skeleton: Skeleton, _ hash: UInt64) -> Int {
    let depth = Int(skeleton.depth.rawValue)
    if hash > largest[depth], let next = skeleton.shallower {
      return index(of: next.hash) { next }
    }
    let index = entries.count
    entries.append(
      Entry(
        hash: hash, skeleton: skeleton,
        record: WordingRecord(
          variables: skeleton.depth == .whole
            ? skeleton.parts.count { $0.kind == .variable } : 0)))
    counts[depth] += 1
    store(index, hash)
    if entries.count * 2 > slots.count { growSlots() }
    if counts[depth] > 2 * limit(of: skeleton.depth) {
      trim(skeleton.depth, to: limit(of: skeleton.depth))
    }
    return heir(of: index)
  }

  private func limit(of depth: Skeleton.Depth) -> Int {
    switch depth {
    case .whole: limits.wordings
    case .beginning: limits.beginnings
    case .length: .max / 4
    }
  }

  /// Keeps the `limit` smallest hashes of a depth; the lines of the others go to their heirs.
  private mutating func trim(_ depth: Skeleton.Depth, to limit: Int) {
    let kept = entries.indices.filter {
      entries[$0].skeleton.depth == depth && entries[$0].heir < 0
    }
    guard kept.count > limit else { return }
    let sorted = kept.sorted { entries[$0].hash < entries[$1].hash }
    largest[Int(depth.rawValue)] = entries[sorted[limit - 1]].hash
    counts[Int(depth.rawValue)] = limit
    for index in sorted[limit...] {
      guard let next = entries[index].skeleton.shallower else { continue }
      let record = entries[index].record
      entries[index].record = WordingRecord(variables: 0)
      let heir = self.index(of: next.hash) { next }
      entries[index].heir = Int32(heir)
      entries[index].skeleton = next
      entries[heir].record.merge(record, sameWording: false)
    }
  }

  private mutating func store(_ index: Int, _ hash: UInt64) {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 { slot = (slot &+ 1) & mask }
    slots[slot] = Int32(index)
  }

  private mutating func growSlots() {
    slots = Array(repeating: -1, count: slots.count * 2)
    mask = slots.count - 1
    for (index, entry) in entries.enumerated() { store(index, entry.hash) }
  }
}
