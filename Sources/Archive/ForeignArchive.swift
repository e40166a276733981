/// One entry of an archive that somebody else made.
public struct ForeignEntry: Hashable, Sendable {
  /// What an entry is.
  public enum Kind: Hashable, Sendable {
    case file
    case directory
    /// A symbolic or hard link, which is never followed; the target is sanitised for display.
    case link(target: String)
    /// A device, pipe or socket.
    case special
  }

  /// The name without a leading `./`; safe as `EntryName.normalised` says.
  public let name: String
  /// What the entry is.
  public let kind: Kind
  /// Bytes of content; nil when only reading to the end can tell, as for a single compressed file.
  public let bytes: Int?
  /// The position among all entries, from 0.
  public let index: Int
  /// Where the entry begins in the unpacked archive.
  public let offset: Int
}

/// The content of one entry, valid while the archive stands at it.
public final class ForeignContent {
  private let next: (UnsafeMutableRawBufferPointer) throws -> Int

  init(_ next: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
    self.next = next
  }

  /// Fills `buffer` from its start with the next bytes.
  ///
  /// - Returns: How many bytes were written; 0 only at the end of the entry.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    buffer.isEmpty ? 0 : try next(buffer)
  }
}

/// Reads an archive that somebody else made, in one pass; nothing is ever extracted to disk.
///
/// Tar of any dialect, plain or compressed with gzip, xz or zstd, and single files compressed so.
/// The kind is told from content, never from the name.
public enum ForeignArchive {
  /// Whether the file at `path` is one that `entries` can read; false for anything else.
  public static func isArchive(at path: String) throws -> Bool {
    let file = try PositionedFile(path: path)
    let start = try file.bytes(at: 0, count: UstarHeader.blockBytes)
    return Compression(magic: start) != .none || isTar(start)
  }

  /// Calls `body` for every entry, in the order of the archive, with a way to read its content.
  ///
  /// Content that `body` leaves is skipped. After the last entry the rest of the file is read too,
  /// so that checksums count. Entries before an error have been given to `body` already; a caller
  /// that keeps them must say so.
  ///
  /// - Throws: `ArchiveError`, or what `body` throws.
  public static func entries(
    at path: String, limits: ArchiveLimits = ArchiveLimits(),
    _ body: (_ entry: ForeignEntry, _ content: ForeignContent) throws -> Void
  ) throws {
    let file = try UnpackedFile(path: path, limits: limits)
    let start = try [UInt8](unsafeUninitializedCapacity: UstarHeader.blockBytes) {
      $1 = try file.read(into: UnsafeMutableRawBufferPointer($0))
    }
    if isTar(start) {
      let reader = try TarReader(file, start: start, path: path, limits: limits)
      try reader.entries(body)
    } else if file.compression != .none {
      try single(file, start: start, path: path, limits: limits, body)
    } else {
      throw ArchiveError.unknownFormat(path: path)
    }
  }

  /// A compressed file that holds no archive is one entry, named after the file.
  private static func single(
    _ file: UnpackedFile, start: [UInt8], path: String, limits: ArchiveLimits,
    _ body: (ForeignEntry, ForeignContent) throws -> Void
  ) throws {
    let name = singleName(path)
    var start = start[...]
    func next(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      guard start.isEmpty else {
        buffer.copyBytes(from: start.prefix(buffer.count))
        defer { start = start.dropFirst(buffer.count) }
        return min(start.count, buffer.count)
      }
      let count = try file.read(into: buffer)
      guard file.offset <= limits.entryBytes else {
        throw ArchiveError.entryTooLarge(entry: name, limit: limits.entryBytes, offset: 0)
      }
      return count
    }
    try withoutActuallyEscaping(next) { next in
      let content = ForeignContent(next)
      try body(ForeignEntry(name: name, kind: .file, bytes: nil, index: 0, offset: 0), content)
      try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
        while try content.read(into: buffer) > 0 {}
      }
    }
  }

  private static func singleName(_ path: String) -> String {
    var name = path.split(separator: "/").last ?? "content"
    for suffix in [".gz", ".xz", ".zst"] where name.hasSuffix(suffix) {
      name = name.dropLast(suffix.count)
      break
    }
    return EntryName.normalised(name.utf8) ?? "content"
  }

  /// A tar archive begins with a header whose checksum is right, or with a block of zeros.
  private static func isTar(_ start: [UInt8]) -> Bool {
    guard start.count == UstarHeader.blockBytes else { return false }
    return start.allSatisfy { $0 == 0 } || start.withUnsafeBytes { TarField.hasValidChecksum($0) }
  }
}
