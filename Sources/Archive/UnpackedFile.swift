/// The bytes of a plain or compressed file, in order and within limits.
final class UnpackedFile {
  /// How the file is compressed.
  let compression: Compression
  private let limits: ArchiveLimits
  private let stream: any UnpackedStream
  /// Unpacked bytes read so far.
  private(set) var offset = 0

  init(path: String, limits: ArchiveLimits) throws {
    let file = try PositionedFile(path: path)
    self.limits = limits
    compression = Compression(magic: try file.bytes(at: 0, count: 6))
    stream =
      switch compression {
      case .none: PlainStream(file)
      case .gzip: GunzipStream(file)
      case .xz, .zstd: try FilteredStream(file, compression)
      }
  }

  /// Fills `buffer` as far as the file reaches.
  ///
  /// - Returns: How many bytes were written; less than the buffer holds only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if count == 0 { break }
      filled += count
      offset += count
      try limits.check(uncompressed: offset, compressed: stream.compressedOffset)
    }
    return filled
  }
}

/// Unpacks one file from its start to its end.
protocol UnpackedStream: AnyObject {
  /// Compressed bytes used so far.
  var compressedOffset: Int { get }
  /// Writes the next bytes to the start of `buffer`; returns 0 only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// A file as it is.
private final class PlainStream: UnpackedStream {
  private let file: PositionedFile
  private(set) var compressedOffset = 0

  init(_ file: PositionedFile) {
    self.file = file
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try file.read(into: buffer, at: compressedOffset)
    compressedOffset += count
    return count
  }
}

/// A gzip file of any number of members.
private final class GunzipStream: UnpackedStream {
  private let reader: GzipReader

  init(_ file: PositionedFile) {
    reader = GzipReader(file, range: 0..<file.bytes)
  }

  var compressedOffset: Int { reader.offset }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !buffer.isEmpty else { return 0 }
    while true {
      let count = try reader.read(into: buffer)
      if count > 0 { return count }
      guard try reader.nextMember() else { return 0 }
    }
  }
}
