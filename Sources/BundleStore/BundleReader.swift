import Archive
import Canonical
import JSONStream
import Telemetry

/// Reads one bundle: the manifest at once, every other entry when asked for.
///
/// Nothing is written to disk. Reading is safe from several threads at a time.
public final class BundleReader: Sendable {
  /// What the bundle says about itself; checked, but its files are checked only as they are read.
  public let manifest: Manifest

  /// Opens a bundle and reads its manifest.
  public init(path: String) throws {
    fatalError("owner: bundle helper")
  }

  /// Gives the content of `file` to `body`, then checks its size, CRC and digest.
  ///
  /// `body` may stop early; the rest is read all the same, so that damage never goes unnoticed.
  public func read<Value>(
    _ file: BundleFile, _ body: (any ByteSource) throws -> Value
  ) throws
    -> Value
  {
    fatalError("owner: bundle helper")
  }
}
