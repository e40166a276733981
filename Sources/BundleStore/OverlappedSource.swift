import Canonical
import JSONStream

/// Reads content ahead on a thread of its own, through a ring of chunks.
final class OverlappedSource: ByteSource, @unchecked Sendable {
  /// Content up to this size is read sooner than a thread is started for it.
  static let worthwhileBytes = 2 * chunkBytes
  private static let chunkBytes = 256 << 10
  private static let chunkCount = 16

  private let content: any ByteSource
  private let monitor = Monitor()
  private let chunks: UnsafeMutableRawBufferPointer
  private var thread: WorkerThread?
  // Guarded by the monitor. Chunks are counted from the start of the content and never wrap.
  private var lengths = [Int](repeating: 0, count: chunkCount)
  private var produced = 0
  private var consumed = 0
  private var isEnded = false
  private var isStopped = false
  private var failure: (any Error)?
  // Used by the consumer only.
  private var position = 0

  /// Starts to read `content`, which nobody else may read from now on.
  init(_ content: any ByteSource) {
    self.content = content
    chunks = .allocate(byteCount: Self.chunkBytes * Self.chunkCount, alignment: 64)
    thread = WorkerThread { [self] in produce() }
  }

  deinit {
    chunks.deallocate()
  }

  /// Ends the thread; to be called before the last reference goes away.
  func stop() {
    monitor.locked {
      isStopped = true
      monitor.announce()
    }
    thread?.join()
    thread = nil
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !buffer.isEmpty, let available = try nextChunk() else { return 0 }
    let count = min(buffer.count, available - position)
    let start = chunk(consumed).baseAddress.map { $0 + position }
    buffer.copyMemory(from: UnsafeRawBufferPointer(start: start, count: count))
    position += count
    if position == available { release() }
    return count
  }

  /// The length of the chunk to consume; nil at the end of the content.
  private func nextChunk() throws -> Int? {
    try monitor.locked {
      while produced == consumed, !isEnded { monitor.wait() }
      if produced > consumed { return lengths[consumed % Self.chunkCount] }
      if let failure { throw failure }
      return nil
    }
  }

  private func release() {
    position = 0
    monitor.locked {
      consumed += 1
      monitor.announce()
    }
  }

  private func produce() {
    while let number = nextFreeChunk() {
      do {
        let count = try fill(chunk(number))
        let isLast = count < Self.chunkBytes
        monitor.locked {
          lengths[number % Self.chunkCount] = count
          produced += count > 0 ? 1 : 0
          isEnded = isLast
          monitor.announce()
        }
        if isLast { return }
      } catch {
        return end(error)
      }
    }
  }

  private func end(_ error: any Error) {
    monitor.locked {
      failure = error
      isEnded = true
      monitor.announce()
    }
  }

  private func nextFreeChunk() -> Int? {
    monitor.locked {
      while produced - consumed == Self.chunkCount, !isStopped { monitor.wait() }
      return isStopped ? nil : produced
    }
  }

  private func fill(_ chunk: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = 0
    while filled < chunk.count {
      let count = try content.read(into: UnsafeMutableRawBufferPointer(rebasing: chunk[filled...]))
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  private func chunk(_ number: Int) -> UnsafeMutableRawBufferPointer {
    let start = number % Self.chunkCount * Self.chunkBytes
    return UnsafeMutableRawBufferPointer(rebasing: chunks[start..<start + Self.chunkBytes])
  }
}
