internal import CZlib

/// Inflates the gzip members of a part of a file, one after the other.
///
/// Every member's CRC-32 and length are checked. Not safe for use by several threads at a time.
public final class GzipReader {
  private let file: PositionedFile
  private let end: Int
  private let input: UnsafeMutableRawBufferPointer
  // zlib keeps the address of its stream, so it must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var nextRead: Int
  private var isAtMemberEnd = false
  private var expectsPlainHeader: Bool

  /// Makes a reader of the members in `range` of `file`.
  ///
  /// - Parameter requiresPlainHeader: Whether the first member must begin with exactly the bytes of
  ///   `GzipMember.header`, which no checksum of the format covers.
  public init(_ file: PositionedFile, range: Range<Int>, requiresPlainHeader: Bool = false) {
    self.file = file
    expectsPlainHeader = requiresPlainHeader
    nextRead = range.lowerBound
    end = range.upperBound
    let capacity = min(1 << 17, max(range.count, 64))
    input = .allocate(byteCount: capacity, alignment: 16)
    stream.initialize(to: z_stream())
    let code = inflateInit2_(
      stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "BUG: zlib refuses to inflate, code \(code)")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// The position in the file of the first byte that was not used yet.
  public var offset: Int { nextRead - Int(stream.pointee.avail_in) }

  /// Inflates the next bytes of the current member.
  ///
  /// - Returns: How many bytes were written; 0 only at the end of the member or for an empty
  ///   buffer.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !isAtMemberEnd else { return 0 }
    let capacity = UInt32(min(buffer.count, 1 << 30))
    stream.pointee.next_out = buffer.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = capacity
    while stream.pointee.avail_out > 0 {
      if stream.pointee.avail_in == 0 { try refill() }
      let code = inflate(stream, Z_NO_FLUSH)
      if code == Z_STREAM_END {
        isAtMemberEnd = true
        break
      }
      guard code == Z_OK else { throw failure(code) }
    }
    return Int(capacity - stream.pointee.avail_out)
  }

  /// Goes on to the next member once the current one has been read to its end.
  ///
  /// Zeros up to the end, as tapes and block devices add them, are no member; other bytes are an
  /// error.
  ///
  /// - Returns: Whether there is another member.
  public func nextMember() throws -> Bool {
    precondition(isAtMemberEnd, "BUG: a gzip member is left before its end")
    var isPadded = false
    while let byte = try peek() {
      if byte == 0 {
        isPadded = true
        skip()
      } else if byte == 0x1f, !isPadded {
        inflateReset(stream)
        isAtMemberEnd = false
        return true
      } else {
        throw ArchiveError.trailingData(offset: offset)
      }
    }
    return false
  }

  private func peek() throws -> UInt8? {
    if stream.pointee.avail_in == 0, nextRead < end { try refill() }
    return stream.pointee.avail_in == 0 ? nil : stream.pointee.next_in.pointee
  }

  private func skip() {
    stream.pointee.next_in += 1
    stream.pointee.avail_in -= 1
  }

  private func refill() throws {
    let wanted = UnsafeMutableRawBufferPointer(rebasing: input.prefix(max(0, end - nextRead)))
    let count = wanted.isEmpty ? 0 : try file.read(into: wanted, at: nextRead)
    guard count > 0 else { throw ArchiveError.truncated(entry: nil, offset: nextRead) }
    if expectsPlainHeader {
      expectsPlainHeader = false
      guard GzipMember.header.starts(with: input.prefix(min(count, GzipMember.header.count))) else {
        throw ArchiveError.corrupt(entry: nil, detail: "unexpected gzip header", offset: nextRead)
      }
    }
    nextRead += count
    stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_in = UInt32(count)
  }

  private func failure(_ code: Int32) -> ArchiveError {
    let message = stream.pointee.msg.map { String(cString: $0) } ?? "zlib code \(code)"
    return .corrupt(entry: nil, detail: message, offset: offset)
  }
}
