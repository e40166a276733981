internal import CArchive
internal import Glibc

/// Walks through a tar archive with libarchive, while `TarAudit` looks at the same bytes.
final class TarReader {
  private let archive: OpaquePointer
  private let input: ArchiveInput
  private let bytes: AuditedBytes
  private let path: String
  private var current: String?
  private var names: Set<[UInt8]> = []

  /// Makes a reader of `file`, of which `start` has been read already.
  init(_ file: UnpackedFile, start: [UInt8], path: String, limits: ArchiveLimits) throws {
    guard let archive = archive_read_new() else {
      preconditionFailure("BUG: libarchive is out of memory")
    }
    self.archive = archive
    self.path = path
    let bytes = AuditedBytes(file, start: start, limits: limits)
    self.bytes = bytes
    input = ArchiveInput { try bytes.read(into: $0) }
    archive_read_support_format_tar(archive)
    guard input.open(archive) == ARCHIVE_OK else { throw failure }
  }

  deinit {
    archive_read_free(archive)
  }

  func entries(_ body: (ForeignEntry, ForeignContent) throws -> Void) throws {
    var index = 0
    while let header = try nextHeader() {
      if let entry = try entry(header, index: index) {
        try give(entry, to: body)
      }
      index += 1
    }
    try input.drain()
    guard bytes.audit.isEnded else {
      throw ArchiveError.truncated(entry: nil, offset: bytes.offset)
    }
  }

  private func nextHeader() throws -> OpaquePointer? {
    var header: OpaquePointer?
    let code = archive_read_next_header(archive, &header)
    if let error = input.error { throw error }
    if code == ARCHIVE_EOF { return nil }
    // A warning is about names in other character sets; names are checked as bytes.
    guard code == ARCHIVE_OK || code == ARCHIVE_WARN else { throw failure }
    current = nil
    return header
  }

  /// The checked entry; nil for the folder that the archive was made in.
  private func entry(_ header: OpaquePointer, index: Int) throws -> ForeignEntry? {
    guard let promise = bytes.audit.takePromise() else {
      throw ArchiveError.badHeader(detail: "two readers disagree on it", offset: bytes.offset)
    }
    let written = Self.name(header)
    let shown = EntryName.sanitised(String(decoding: written, as: UTF8.self))
    guard let name = EntryName.normalised(written) else {
      throw ArchiveError.unsafePath(entry: shown, index: index, offset: promise.offset)
    }
    let kind = Self.kind(header)
    if name.isEmpty, kind == .directory { return nil }
    guard !name.isEmpty else {
      throw ArchiveError.unsafePath(entry: shown, index: index, offset: promise.offset)
    }
    if kind == .file, archive_entry_size(header) != Int64(promise.bytes) {
      throw ArchiveError.ambiguousSize(
        entry: shown, detail: "two readers disagree on it", offset: promise.offset)
    }
    guard kind == .directory || names.insert(Array(name.utf8)).inserted else {
      throw ArchiveError.duplicateEntry(entry: shown, offset: promise.offset)
    }
    current = shown
    return ForeignEntry(
      name: name, kind: kind, bytes: kind == .file ? promise.bytes : 0, index: index,
      offset: promise.offset)
  }

  private func give(
    _ entry: ForeignEntry, to body: (ForeignEntry, ForeignContent) throws -> Void
  ) throws {
    var remaining = entry.bytes ?? 0
    let content = ForeignContent { [self] buffer in
      guard remaining > 0 else { return 0 }
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      if let error = input.error { throw error }
      guard count >= 0 else { throw failure }
      guard count > 0 else { throw truncation }
      remaining -= count
      return count
    }
    try body(entry, content)
  }

  private static func name(_ header: OpaquePointer) -> [UInt8] {
    guard let name = archive_entry_pathname(header) ?? archive_entry_pathname_utf8(header) else {
      return []
    }
    // Not through String, which would repair bytes that are no UTF-8.
    return UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
  }

  private static func kind(_ header: OpaquePointer) -> ForeignEntry.Kind {
    if let target = archive_entry_hardlink(header) ?? archive_entry_symlink(header) {
      return .link(target: EntryName.sanitised(String(cString: target)))
    }
    return switch archive_entry_filetype(header) {
    case 0o100000: .file
    case 0o040000: .directory
    case 0o120000: .link(target: "")
    default: .special
    }
  }

  private var truncation: ArchiveError { .truncated(entry: current, offset: bytes.offset) }

  private var failure: any Error {
    if let error = input.error { return error }
    if input.isAtEnd { return truncation }
    let message = archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    return ArchiveError.badHeader(detail: message, offset: bytes.offset)
  }
}

/// The unpacked bytes on their way to libarchive, seen by the audit.
private final class AuditedBytes {
  private let file: UnpackedFile
  private var start: [UInt8]
  var audit: TarAudit

  init(_ file: UnpackedFile, start: [UInt8], limits: ArchiveLimits) {
    self.file = file
    self.start = start
    audit = TarAudit(limits: limits)
  }

  var offset: Int { file.offset }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var count = start.count
    if start.isEmpty {
      count = try file.read(into: buffer)
    } else {
      buffer.copyBytes(from: start)
      start = []
    }
    try audit.read(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    return count
  }
}
