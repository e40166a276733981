internal import CArchive

/// Hands bytes to libarchive piece by piece and keeps what goes wrong on the way.
final class ArchiveInput {
  private let fetch: (UnsafeMutableRawBufferPointer) throws -> Int
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
  /// Whether the end of the input was met.
  private(set) var isAtEnd = false
  /// The error that ended the input; libarchive only knows that there was one.
  private(set) var error: (any Error)?

  /// Makes an input of what `fetch` writes to the start of a buffer; 0 bytes are the end.
  init(_ fetch: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
    self.fetch = fetch
  }

  deinit {
    buffer.deallocate()
  }

  /// Opens `archive` on this input, which must live as long as the archive.
  func open(_ archive: OpaquePointer) -> Int32 {
    archive_read_open(
      archive, Unmanaged.passUnretained(self).toOpaque(), nil,
      { _, client, bytes in
        guard let client, let bytes else { return -1 }
        let input = Unmanaged<ArchiveInput>.fromOpaque(client).takeUnretainedValue()
        bytes.pointee = UnsafeRawPointer(input.buffer.baseAddress)
        return input.fill()
      }, nil)
  }

  /// Reads what libarchive did not ask for.
  func drain() throws {
    while fill() > 0 {}
    if let error { throw error }
  }

  /// Bytes now in the buffer, 0 at the end, -1 after an error.
  private func fill() -> Int {
    do {
      let count = try fetch(buffer)
      isAtEnd = count == 0
      return count
    } catch {
      self.error = error
      return -1
    }
  }
}
