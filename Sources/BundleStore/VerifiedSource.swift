import Canonical
import JSONStream

/// Passes content on and compares it with what the manifest says.
final class VerifiedSource: ByteSource {
  private let content: any ByteSource
  private var hasher = ContentHasher()
  private var bytes = 0
  private var failure: (any Error)?

  init(_ content: any ByteSource) {
    self.content = content
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if let failure { throw failure }
    do {
      let count = try content.read(into: buffer)
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      bytes += count
      return count
    } catch {
      failure = error
      throw error
    }
  }

  /// Reads what is left and throws unless the content is that of `file`.
  func verify(_ file: BundleFile) throws {
    try drain()
    guard bytes == file.bytes else {
      throw BundleError.damaged(
        path: file.path, reason: "it has \(bytes) bytes instead of \(file.bytes)")
    }
    let digest = hasher.finish()
    guard digest == file.digest else {
      throw BundleError.damaged(
        path: file.path,
        reason: "SHA-256 \(digest.hex.prefix(12))… instead of \(file.digest.hex.prefix(12))…")
    }
  }

  private func drain() throws {
    try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { buffer in
      while try read(into: buffer) > 0 {}
    }
  }
}
