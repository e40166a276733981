import JSONStream

/// A document handed out in pieces, so that a token may be cut anywhere.
final class PiecewiseSource: ByteSource {
  private let bytes: [UInt8]
  private let isCut: (Int) -> Bool
  private var position = 0

  /// - Parameter isCut: Whether a piece ends before the byte at an offset.
  init(_ bytes: [UInt8], isCut: @escaping (Int) -> Bool) {
    self.bytes = bytes
    self.isCut = isCut
  }

  /// Pieces of one byte.
  static func single(_ bytes: [UInt8]) -> PiecewiseSource {
    PiecewiseSource(bytes) { _ in true }
  }

  /// Two pieces, the second of which starts at `offset`.
  static func cut(_ bytes: [UInt8], at offset: Int) -> PiecewiseSource {
    PiecewiseSource(bytes) { $0 == offset }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var count = 0
    while position < bytes.count, count < buffer.count, count == 0 || !isCut(position) {
      buffer[count] = bytes[position]
      position += 1
      count += 1
    }
    return count
  }
}
