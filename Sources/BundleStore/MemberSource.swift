import Archive
import JSONStream

/// The content of one entry, inflated from its own gzip member.
final class MemberSource: ByteSource {
  private let reader: GzipReader
  private let file: BundleFile
  private let end: Int
  private var isStarted = false
  private var remaining: Int

  /// Makes a source of the content of `file`, whose member lies at `range` of `bundle`.
  init(_ file: BundleFile, in bundle: PositionedFile, range: Range<Int>) {
    self.file = file
    end = range.upperBound
    remaining = file.bytes
    reader = GzipReader(bundle, range: range, requiresPlainHeader: true)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    do {
      if !isStarted { try readHeader() }
      guard remaining > 0 else { return 0 }
      let wanted = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(remaining))
      let count = try reader.read(into: wanted)
      guard count > 0 || buffer.isEmpty else { throw damage("its content ends early") }
      remaining -= count
      if remaining == 0 { try readPadding() }
      return count
    } catch let error as ArchiveError {
      throw bundleError(error)
    }
  }

  private func readHeader() throws {
    isStarted = true
    try withBlock { block in
      guard try fill(block) == block.count, let header = UstarHeader(UnsafeRawBufferPointer(block)),
        header.isRegularFile, header.path.hasSameBytes(as: file.path), header.bytes == file.bytes
      else { throw damage("its archive header does not match the manifest") }
    }
    if remaining == 0 { try readPadding() }
  }

  /// After the content come zeros up to a whole block, and nothing else.
  private func readPadding() throws {
    try withBlock { block in
      let count = try fill(block)
      guard count == UstarHeader.padded(file.bytes) - file.bytes,
        block[..<count].allSatisfy({ $0 == 0 })
      else { throw damage("bytes follow its content") }
    }
    guard reader.offset == end else { throw damage("its place in the manifest is wrong") }
  }

  private func withBlock(_ body: (UnsafeMutableRawBufferPointer) throws -> Void) throws {
    try withUnsafeTemporaryAllocation(
      byteCount: UstarHeader.blockBytes, alignment: 16, body)
  }

  private func fill(_ block: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = 0
    while filled < block.count {
      let count = try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: block[filled...]))
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  private func damage(_ reason: String) -> BundleError {
    .damaged(path: file.path, reason: reason)
  }

  private func bundleError(_ error: ArchiveError) -> BundleError {
    switch error {
    case .truncated: .missing(path: file.path)
    case .corrupt(_, let detail, let offset): damage("\(detail) at offset \(offset)")
    default: damage("\(error)")
    }
  }
}
