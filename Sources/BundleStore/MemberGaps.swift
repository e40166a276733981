import Archive

/// The parts of a bundle file that belong to no entry of the manifest.
///
/// In a sound bundle there is one, the member at the end that holds two zero blocks.
struct MemberGaps {
  private let bundle: PositionedFile
  private let gaps: [Range<Int>]
  /// Unlisted entries that are named; an archive made of nothing else must not fill the memory.
  private static let maximumNames = 100

  init(_ bundle: PositionedFile, base: Int, members: [MemberLocation]) {
    self.bundle = bundle
    var start = base
    var gaps: [Range<Int>] = []
    for member in members {
      let next = base + member.offset
      if next > start, start < bundle.bytes { gaps.append(start..<min(next, bundle.bytes)) }
      start = next + member.bytes
    }
    gaps.append(min(start, bundle.bytes)..<bundle.bytes)
    self.gaps = gaps
  }

  func defects() throws -> [BundleDefect] {
    var defects: [BundleDefect] = []
    var hasEnd = false
    for gap in gaps where !gap.isEmpty {
      do {
        hasEnd = try read(gap, &defects)
      } catch let error as ArchiveError {
        hasEnd = true
        defects.append(.container(reason: "the bundle is damaged outside of its entries: \(error)"))
      }
    }
    if !hasEnd {
      defects.append(.container(reason: "the bundle has no end; the file may be cut off"))
    }
    return defects
  }

  /// Reads the entries in `gap`; returns whether the blocks that end an archive come last.
  private func read(_ gap: Range<Int>, _ defects: inout [BundleDefect]) throws -> Bool {
    let reader = GzipReader(bundle, range: gap)
    var hasEnd = false
    repeat {
      let start = reader.offset
      let block = try fill(UstarHeader.blockBytes, from: reader)
      let name = block.withUnsafeBytes { UstarHeader($0)?.path }
      let endsInZeros = try skipMember(reader)
      hasEnd = endsInZeros && block.count == UstarHeader.blockBytes && block.allSatisfy { $0 == 0 }
      if hasEnd {
        try checkHeader(at: start)
      } else if defects.count < Self.maximumNames {
        defects.append(.unlisted(name: EntryName.sanitised(name ?? "data at \(start)")))
      }
    } while try reader.nextMember()
    return hasEnd
  }

  /// The checksum of a member leaves its header out.
  private func checkHeader(at start: Int) throws {
    guard try bundle.bytes(at: start, count: GzipMember.header.count) == GzipMember.header else {
      throw ArchiveError.corrupt(entry: nil, detail: "unexpected gzip header", offset: start)
    }
  }

  private func fill(_ count: Int, from reader: GzipReader) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = UnsafeMutableRawBufferPointer(
          UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
        let part = try reader.read(into: rest)
        if part == 0 { break }
        filled += part
      }
    }
  }

  /// Reads the member to its end, within limits, and returns whether zeros are all it held.
  private func skipMember(_ reader: GzipReader) throws -> Bool {
    let limits = ArchiveLimits()
    let start = reader.offset
    return try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      var isZero = true
      var bytes = 0
      while case let count = try reader.read(into: buffer), count > 0 {
        isZero = isZero && buffer[..<count].allSatisfy { $0 == 0 }
        bytes += count
        try limits.check(uncompressed: bytes, compressed: max(1, reader.offset - start))
      }
      return isZero
    }
  }
}
