internal import Glibc

/// A regular file that is read at any position, from several threads at a time.
public final class PositionedFile: Sendable {
  /// The path it was opened by.
  public let path: String
  /// Its size in bytes when it was opened.
  public let bytes: Int
  private let descriptor: Int32

  /// Opens a file for reading; anything but a regular file is an error.
  public init(path: String) throws {
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw ArchiveError.cannotRead(path: path, reason: systemMessage(errno))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw ArchiveError.cannotRead(path: path, reason: "not a regular file")
    }
    self.path = path
    bytes = Int(status.st_size)
  }

  deinit {
    close(descriptor)
  }

  /// Fills `buffer` from its start with the bytes at `offset`.
  ///
  /// - Returns: How many bytes were read; less than the buffer holds only at the end of the file.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = pread(descriptor, rest.baseAddress, rest.count, offset + filled)
      if count == 0 { break }
      if count > 0 {
        filled += count
      } else if errno != EINTR {
        throw ArchiveError.cannotRead(path: path, reason: systemMessage(errno))
      }
    }
    return filled
  }

  /// The `count` bytes at `offset`, fewer at the end of the file.
  public func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
    }
  }
}

/// The system's words for an error number.
func systemMessage(_ number: Int32) -> String {
  String(cString: strerror(number))
}
