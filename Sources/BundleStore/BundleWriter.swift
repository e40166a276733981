import Archive
import Canonical
import Telemetry

/// Writes one bundle, whole or not at all: under a temporary name, synced, then renamed.
public final class BundleWriter {
  /// Starts a bundle that will be at `path`.
  public init(path: String) throws {
    fatalError("owner: bundle helper")
  }

  /// Adds an entry. Entries may come in any order; the archive holds them sorted by path.
  public func add(
    path: String, role: FileRole, source: SourceKind, query: RecordedQuery? = nil, records: Int,
    firstTime: Timestamp? = nil, lastTime: Timestamp? = nil, content: [UInt8]
  ) throws {
    fatalError("owner: bundle helper")
  }

  /// Completes the bundle: fills in `files` and `bundleID`, writes everything, and returns the
  /// manifest as written.
  public func finish(_ manifest: Manifest) throws -> Manifest {
    fatalError("owner: bundle helper")
  }
}
