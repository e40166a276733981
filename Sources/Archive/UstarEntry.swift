internal import CArchive

/// One entry of a ustar archive, written so that only its path and content decide its bytes.
///
/// Header, content and padding form one gzip member, and the two blocks that end an archive form
/// the last one. Concatenated, the members are an ordinary `.tar.gz`.
public enum UstarEntry {
  /// The modification time of every entry, 1980-01-01T00:00:00Z; some versions of tar warn about
  /// anything close to 1970.
  public static let modificationTime = 315_532_800

  /// A regular file, mode 0644, of user and group 0 without names, as one gzip member.
  public static func member(path: String, content: UnsafeRawBufferPointer) throws -> [UInt8] {
    let writer = UstarWriter()
    try writer.write(path: path, content: content)
    return writer.finish()
  }

  /// The two zero blocks that end an archive, as one gzip member.
  public static func endMember() -> [UInt8] {
    let blocks = [UInt8](repeating: 0, count: 1024)
    return blocks.withUnsafeBytes { GzipMember.compressed($0) }
  }
}

/// Passes what libarchive writes for one entry to a compressor.
private final class UstarWriter {
  private let archive: OpaquePointer
  private let compressor = GzipCompressor()
  private var isCollecting = true

  init() {
    guard let archive = archive_write_new() else {
      preconditionFailure("BUG: libarchive is out of memory")
    }
    self.archive = archive
    archive_write_set_format_ustar(archive)
    // Zero: every write is passed on as it is, without a copy and without blocks of 10,240 bytes.
    archive_write_set_bytes_per_block(archive, 0)
    let client = Unmanaged.passUnretained(self).toOpaque()
    let code = archive_write_open(
      archive, client, nil,
      { _, client, bytes, count in
        guard let client, let bytes else { return -1 }
        Unmanaged<UstarWriter>.fromOpaque(client).takeUnretainedValue()
          .collect(UnsafeRawBufferPointer(start: bytes, count: count))
        return la_ssize_t(count)
      }, nil)
    precondition(code == ARCHIVE_OK, "BUG: libarchive refuses to write, code \(code)")
  }

  deinit {
    // Closing writes the blocks that end an archive; they belong to another member.
    isCollecting = false
    archive_write_free(archive)
  }

  func write(path: String, content: UnsafeRawBufferPointer) throws {
    let entry = archive_entry_new()
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, path)
    archive_entry_set_filetype(entry, 0o100000)
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_size(entry, Int64(content.count))
    archive_entry_set_mtime(entry, UstarEntry.modificationTime, 0)
    try check(archive_write_header(archive, entry), path: path)
    var written = 0
    while written < content.count {
      let rest = UnsafeRawBufferPointer(rebasing: content[written...])
      let count = archive_write_data(archive, rest.baseAddress, rest.count)
      guard count > 0 else { throw failure(path: path) }
      written += count
    }
    try check(archive_write_finish_entry(archive), path: path)
  }

  func finish() -> [UInt8] {
    isCollecting = false
    return compressor.finish()
  }

  private func collect(_ bytes: UnsafeRawBufferPointer) {
    if isCollecting { compressor.append(bytes) }
  }

  private func check(_ code: Int32, path: String) throws {
    guard code == ARCHIVE_OK else { throw failure(path: path) }
  }

  private func failure(path: String) -> ArchiveError {
    let message = archive_error_string(archive).map { String(cString: $0) }
    return .cannotWrite(entry: path, reason: message ?? "libarchive gives no reason")
  }
}
