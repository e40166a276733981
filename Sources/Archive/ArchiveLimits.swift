/// How much of a stranger's archive is read before it is refused.
///
/// The numbers guard memory and time against archives that are made to exhaust them; real exports
/// stay far below.
public struct ArchiveLimits: Hashable, Sendable {
  /// Uncompressed bytes of one entry.
  public var entryBytes: Int
  /// Uncompressed bytes of the whole archive, headers included.
  public var totalBytes: Int
  /// Entries of every kind.
  public var entries: Int
  /// Uncompressed bytes for each compressed byte, once `freeBytes` have come out.
  public var expansionRatio: Int
  /// Uncompressed bytes before the ratio counts: short repetitive files compress very well.
  public var freeBytes: Int

  /// Makes limits; without arguments the standard ones: 1 GiB an entry, 8 GiB in all, 100,000
  /// entries, 200:1 after the first 64 MiB.
  public init(
    entryBytes: Int = 1 << 30, totalBytes: Int = 8 << 30, entries: Int = 100_000,
    expansionRatio: Int = 200, freeBytes: Int = 64 << 20
  ) {
    self.entryBytes = entryBytes
    self.totalBytes = totalBytes
    self.entries = entries
    self.expansionRatio = expansionRatio
    self.freeBytes = freeBytes
  }

  /// Throws when `uncompressed` bytes out of `compressed` bytes are more than is allowed.
  public func check(uncompressed: Int, compressed: Int) throws {
    guard uncompressed <= totalBytes else {
      throw ArchiveError.archiveTooLarge(limit: totalBytes, offset: compressed)
    }
    let (allowed, overflow) = compressed.multipliedReportingOverflow(by: expansionRatio)
    guard uncompressed <= freeBytes || overflow || uncompressed <= allowed else {
      throw ArchiveError.expansion(ratio: expansionRatio, after: freeBytes, offset: compressed)
    }
  }
}
