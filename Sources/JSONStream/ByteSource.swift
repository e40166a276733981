/// Hands out the bytes of one document piece by piece.
public protocol ByteSource: AnyObject {
  /// Fills `buffer` from its start with the next bytes.
  ///
  /// - Returns: How many bytes were written; 0 only at the end of the document.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// A document that is already in memory.
public final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  /// Makes a source of `bytes`.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Copies the next bytes.
  public func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, bytes.count - position)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count]))
    }
    position += count
    return count
  }
}
