import Archive
import Canonical
import JSONStream
import Telemetry

/// Reads one bundle: the manifest at once, every other entry when asked for.
///
/// Nothing is written to disk. Reading is safe from several threads at a time. A bundle that was
/// unpacked and packed again by other tools is read too, in one pass and into memory.
public final class BundleReader: Sendable {
  /// What the bundle says about itself; checked, but its files are checked only as they are read.
  public let manifest: Manifest
  let storage: BundleStorage
  private let positions: [String: Int]

  /// Opens a bundle and reads its manifest.
  public convenience init(path: String) throws {
    try self.init(path: path, limits: ArchiveLimits())
  }

  /// Opens a bundle that keeps within `limits`.
  public init(path: String, limits: ArchiveLimits) throws {
    let opened: (manifest: Manifest, storage: BundleStorage)
    do {
      opened = try BundleStorage.open(path: path, limits: limits)
    } catch let error as ArchiveError {
      throw BundleError(error, path: path)
    }
    manifest = opened.manifest
    storage = opened.storage
    positions = Dictionary(
      uniqueKeysWithValues: opened.manifest.files.enumerated().map { ($1.path, $0) })
  }

  /// Gives the content of `file` to `body`, then checks its size, CRC and digest.
  ///
  /// `body` may stop early; the rest is read all the same, so that damage never goes unnoticed.
  /// Damage is reported in preference to an error of `body`, which may be its consequence.
  ///
  /// - Parameter overlapped: Whether inflating goes on in a second thread while `body` works.
  public func read<Value>(
    _ file: BundleFile, overlapped: Bool = false, _ body: (any ByteSource) throws -> Value
  ) throws -> Value {
    guard let position = positions[file.path] else {
      preconditionFailure("BUG: \(file.path) is no file of this bundle")
    }
    let stated = manifest.files[position]
    let content = try storage.content(of: stated, at: position)
    guard overlapped, stated.bytes > OverlappedSource.worthwhileBytes else {
      return try Self.verified(content, stated, body)
    }
    let ahead = OverlappedSource(content)
    defer { ahead.stop() }
    return try Self.verified(ahead, stated, body)
  }

  private static func verified<Value>(
    _ content: any ByteSource, _ file: BundleFile, _ body: (any ByteSource) throws -> Value
  ) throws -> Value {
    let source = VerifiedSource(content)
    let outcome = Result { try body(source) }
    try source.verify(file)
    return try outcome.get()
  }
}
