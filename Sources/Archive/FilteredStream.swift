internal import CArchive

/// An xz or zstd file, unpacked by the one filter of libarchive that it needs.
///
/// Both formats carry checksums, which their libraries verify.
final class FilteredStream: UnpackedStream {
  private let archive: OpaquePointer
  private let input: ArchiveInput
  private let position: FilePosition
  private let compression: Compression

  /// A file and how far libarchive has read it.
  private final class FilePosition {
    let file: PositionedFile
    var offset = 0

    init(_ file: PositionedFile) {
      self.file = file
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      let count = try file.read(into: buffer, at: offset)
      offset += count
      return count
    }
  }

  init(_ file: PositionedFile, _ compression: Compression) throws {
    guard let archive = archive_read_new() else {
      preconditionFailure("BUG: libarchive is out of memory")
    }
    self.archive = archive
    self.compression = compression
    let position = FilePosition(file)
    self.position = position
    input = ArchiveInput { try position.read(into: $0) }
    switch compression {
    case .xz: archive_read_support_filter_xz(archive)
    case .zstd: archive_read_support_filter_zstd(archive)
    case .none, .gzip: preconditionFailure("BUG: \(compression) needs no filter")
    }
    archive_read_support_format_raw(archive)
    var entry: OpaquePointer?
    guard input.open(archive) == ARCHIVE_OK, archive_read_next_header(archive, &entry) == ARCHIVE_OK
    else {
      throw failure
    }
  }

  deinit {
    archive_read_free(archive)
  }

  var compressedOffset: Int { position.offset }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
    guard count >= 0 else { throw failure }
    return count
  }

  private var failure: any Error {
    if let error = input.error { return error }
    // libarchive's own text may be missing.
    let message = archive_error_string(archive).map { String(cString: $0) } ?? "no reason given"
    return input.isAtEnd
      ? ArchiveError.truncated(entry: nil, offset: position.offset)
      : .corrupt(entry: nil, detail: "\(compression.rawValue): \(message)", offset: position.offset)
  }
}
