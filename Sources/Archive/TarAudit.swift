/// Follows the headers of a tar archive on their way to libarchive and refuses what two readers
/// could understand differently.
///
/// libarchive reads leniently: it resolves contradictions in silence. This second reader refuses
/// contradicting sizes, sizes that are no numbers, holes, bodies of links, and data after the end.
struct TarAudit {
  /// What one header promises.
  struct Promise {
    /// Bytes of content.
    let bytes: Int
    /// Where its header block begins.
    let offset: Int
  }

  private enum Phase {
    case header
    /// Skips the body and padding of an entry.
    case body(remaining: Int)
    /// Collects the records of a pax header.
    case records(remaining: Int, content: Int, isGlobal: Bool)
    case ended
  }

  /// Bytes that the records of one entry may have, as in libarchive.
  private static let maximumRecordBytes = 1 << 20

  private let limits: ArchiveLimits
  private var phase = Phase.header
  private var pending: [UInt8] = []
  private var offset = 0
  private var entries = 0
  private var paxBytes: Int?
  private var promises: [Promise] = []
  private var nextPromise = 0

  init(limits: ArchiveLimits) {
    self.limits = limits
  }

  /// Whether the blocks that end an archive have been seen.
  var isEnded: Bool { if case .ended = phase { true } else { false } }

  /// What the next entry must be, in order of the archive.
  mutating func takePromise() -> Promise? {
    guard nextPromise < promises.count else { return nil }
    defer {
      nextPromise += 1
      if nextPromise == promises.count {
        promises.removeAll(keepingCapacity: true)
        nextPromise = 0
      }
    }
    return promises[nextPromise]
  }

  /// Reads the next bytes of the archive.
  mutating func read(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let used: Int
      switch phase {
      case .header: used = try readHeader(rest)
      case .body(let remaining): used = skipBody(remaining, rest)
      case .records(let remaining, let content, let isGlobal):
        used = try readRecords(remaining, content, isGlobal, rest)
      case .ended:
        if let index = rest.firstIndex(where: { $0 != 0 }) {
          throw ArchiveError.trailingData(offset: offset + index - rest.startIndex)
        }
        used = rest.count
      }
      offset += used
      rest = rest.dropFirst(used)
    }
  }

  private mutating func skipBody(_ remaining: Int, _ rest: Slice<UnsafeRawBufferPointer>) -> Int {
    let used = min(remaining, rest.count)
    phase = used == remaining ? .header : .body(remaining: remaining - used)
    return used
  }

  private mutating func readHeader(_ rest: Slice<UnsafeRawBufferPointer>) throws -> Int {
    let used = min(UstarHeader.blockBytes - pending.count, rest.count)
    pending += rest.prefix(used)
    guard pending.count == UstarHeader.blockBytes else { return used }
    let block = pending
    pending.removeAll(keepingCapacity: true)
    let start = offset + used - UstarHeader.blockBytes
    try block.withUnsafeBytes { try accept($0, at: start) }
    return used
  }

  private mutating func accept(_ block: UnsafeRawBufferPointer, at start: Int) throws {
    guard block.contains(where: { $0 != 0 }) else {
      phase = .ended
      return
    }
    guard TarField.hasValidChecksum(block) else {
      throw ArchiveError.badHeader(detail: "its checksum is wrong", offset: start)
    }
    let name = EntryName.sanitised(UstarHeader.text(block[0..<100]))
    guard let stated = TarField.number(block[124..<136]), stated <= Int.max / 2 else {
      throw ArchiveError.badSize(entry: name, offset: start)
    }
    switch block[156] {
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "g"):
      guard stated <= Self.maximumRecordBytes else {
        throw ArchiveError.badHeader(detail: "its pax records are too large", offset: start)
      }
      let isGlobal = block[156] == UInt8(ascii: "g")
      enter(.records(remaining: UstarHeader.padded(stated), content: stated, isGlobal: isGlobal))
    case UInt8(ascii: "L"), UInt8(ascii: "K"):
      enter(.body(remaining: UstarHeader.padded(stated)))
    default:
      try acceptEntry(type: block[156], name: name, stated: stated, at: start)
    }
  }

  private mutating func acceptEntry(type: UInt8, name: String, stated: Int, at start: Int) throws {
    let bytes = paxBytes ?? stated
    paxBytes = nil
    guard stated == 0 || stated == bytes else {
      throw ArchiveError.ambiguousSize(
        entry: name, detail: "ustar says \(stated), pax says \(bytes)", offset: start)
    }
    switch type {
    case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): break
    case UInt8(ascii: "1")...UInt8(ascii: "6"):
      guard bytes == 0 else {
        throw ArchiveError.ambiguousSize(
          entry: name, detail: "an entry without content states \(bytes) bytes", offset: start)
      }
    case UInt8(ascii: "S"):
      throw ArchiveError.sparseEntry(entry: name, offset: start)
    default:
      let kind = EntryName.sanitised(String(Unicode.Scalar(type)))
      throw ArchiveError.specialEntry(entry: name, kind: "type '\(kind)'", offset: start)
    }
    entries += 1
    guard entries <= limits.entries else {
      throw ArchiveError.tooManyEntries(limit: limits.entries)
    }
    guard bytes <= limits.entryBytes else {
      throw ArchiveError.entryTooLarge(entry: name, limit: limits.entryBytes, offset: start)
    }
    promises.append(Promise(bytes: bytes, offset: start))
    enter(.body(remaining: UstarHeader.padded(bytes)))
  }

  private mutating func enter(_ next: Phase) {
    switch next {
    case .body(remaining: 0): phase = .header
    case .records(remaining: 0, _, _): phase = .header
    default: phase = next
    }
  }

  private mutating func readRecords(
    _ remaining: Int, _ content: Int, _ isGlobal: Bool, _ rest: Slice<UnsafeRawBufferPointer>
  ) throws -> Int {
    let used = min(remaining, rest.count)
    pending += rest.prefix(used)
    phase = .records(remaining: remaining - used, content: content, isGlobal: isGlobal)
    guard used == remaining else { return used }
    let start = offset + used - pending.count
    let records = pending.prefix(content)
    try PaxRecords.each(Array(records), at: start) { key, value in
      try accept(key: key, value: value, isGlobal: isGlobal, at: start)
    }
    pending.removeAll(keepingCapacity: true)
    phase = .header
    return used
  }

  private mutating func accept(key: String, value: String, isGlobal: Bool, at start: Int) throws {
    if key.hasPrefix("GNU.sparse.") || key == "SUN.holesdata" {
      throw ArchiveError.sparseEntry(entry: "pax record \(key)", offset: start)
    }
    guard key == "size" else { return }
    guard !isGlobal, paxBytes == nil else {
      throw ArchiveError.ambiguousSize(
        entry: "pax record size", detail: "stated for several entries or twice", offset: start)
    }
    guard let bytes = Int(value), bytes >= 0, bytes <= Int.max / 2 else {
      throw ArchiveError.badSize(entry: "pax record size", offset: start)
    }
    paxBytes = bytes
  }
}
