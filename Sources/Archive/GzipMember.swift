internal import CZlib

/// Content as one gzip member that depends on nothing but the content and zlib's version: no name,
/// no time, unknown system, level 6.
public enum GzipMember {
  /// The ten bytes that every member written here begins with.
  public static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]

  /// `content` as one member.
  public static func compressed(_ content: UnsafeRawBufferPointer) -> [UInt8] {
    let compressor = GzipCompressor()
    compressor.append(content)
    return compressor.finish()
  }
}

/// Builds one gzip member piece by piece.
final class GzipCompressor {
  // zlib keeps the address of its stream, so it must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var output = GzipMember.header
  private var checksum: UInt = 0
  private var length: UInt32 = 0

  init() {
    stream.initialize(to: z_stream())
    let code = deflateInit2_(
      stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "BUG: zlib refuses to compress, code \(code)")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    chunk.deallocate()
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    checksum = crc32_z(checksum, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    length &+= UInt32(truncatingIfNeeded: bytes.count)
    var rest = bytes
    while !rest.isEmpty {
      // zlib counts input in 32 bits.
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      deflate(part, flush: Z_NO_FLUSH)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
    }
  }

  /// Completes the member; nothing can be appended afterwards.
  func finish() -> [UInt8] {
    deflate(UnsafeRawBufferPointer(start: nil, count: 0), flush: Z_FINISH)
    appendLittleEndian(UInt32(truncatingIfNeeded: checksum))
    appendLittleEndian(length)
    return output
  }

  private func deflate(_ input: UnsafeRawBufferPointer, flush: Int32) {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(input.count)
    repeat {
      stream.pointee.next_out = chunk.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = UInt32(chunk.count)
      let code = CZlib.deflate(stream, flush)
      precondition(code != Z_STREAM_ERROR, "BUG: zlib's state is inconsistent")
      output.append(contentsOf: chunk.prefix(chunk.count - Int(stream.pointee.avail_out)))
    } while stream.pointee.avail_out == 0
  }

  private func appendLittleEndian(_ value: UInt32) {
    withUnsafeBytes(of: value.littleEndian) { output.append(contentsOf: $0) }
  }
}
