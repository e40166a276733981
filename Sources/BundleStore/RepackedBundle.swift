import Archive
import Telemetry

/// The entries of a bundle that was unpacked and packed again, held in memory.
///
/// Its members no longer lie where the manifest says, so one pass reads everything. The entries may
/// stand in a folder of their own, as when a whole folder was packed.
struct RepackedBundle: Sendable {
  /// Bytes of content that are held at most.
  static let maximumBytes = 512 << 20

  /// The content of `manifest.json`.
  let manifestText: [UInt8]
  /// Entries by their path in the bundle.
  private let entries: [String: [UInt8]]
  /// Why the archive could not be read to its end, when it could not.
  let failure: ArchiveError?

  /// Reads the archive at `path`; damage after the manifest is kept in `failure`.
  init(path: String, limits: ArchiveLimits) throws {
    var limits = limits
    limits.totalBytes = min(limits.totalBytes, Self.maximumBytes)
    var contents: [String: [UInt8]] = [:]
    var failure: ArchiveError?
    do {
      try ForeignArchive.entries(at: path, limits: limits) { entry, content in
        if let bytes = try Self.content(of: entry, content) { contents[entry.name] = bytes }
      }
    } catch let error as ArchiveError {
      guard !error.isRefusal else { throw error }
      if case .unknownFormat = error {
        throw BundleError.notABundle(path: path, reason: "it is neither a tar nor a gzip file")
      }
      failure = error
    }
    guard let folder = Self.folder(of: contents.keys) else {
      if let failure { throw failure }
      throw BundleError.notABundle(path: path, reason: "it holds no manifest.json")
    }
    manifestText = contents[folder + BundlePath.manifest] ?? []
    entries = Dictionary(
      uniqueKeysWithValues: contents.filter { $0.key.hasPrefix(folder) }
        .map { (String($0.key.dropFirst(folder.count)), $0.value) })
    self.failure = failure
  }

  /// The content of the entry at `path`, or nil when it is not in the archive.
  func content(path: String) -> [UInt8]? { entries[path] }

  /// Entries that are none of `files`, sorted.
  func unlisted(_ files: [BundleFile]) -> [String] {
    let listed = Set(files.map(\.path) + [BundlePath.manifest])
    return entries.keys.filter { !listed.contains($0) }.sorted { $0.precedesInBytes($1) }
  }

  private static func content(of entry: ForeignEntry, _ content: ForeignContent) throws -> [UInt8]?
  {
    switch entry.kind {
    case .directory: return nil
    case .link(let target):
      throw ArchiveError.specialEntry(
        entry: entry.name, kind: "a link to \"\(target)\"", offset: entry.offset)
    case .special:
      throw ArchiveError.specialEntry(
        entry: entry.name, kind: "a device or pipe", offset: entry.offset)
    case .file: break
    }
    var bytes: [UInt8] = []
    while true {
      let part = try [UInt8](unsafeUninitializedCapacity: 1 << 16) {
        $1 = try content.read(into: UnsafeMutableRawBufferPointer($0))
      }
      if part.isEmpty { return bytes }
      bytes += part
    }
  }

  /// The folder of the manifest with its slash, or nil when there is no manifest; the one nearest
  /// to the top counts, and of several in one depth the first by bytes.
  private static func folder(of names: some Collection<String>) -> String? {
    names.filter { $0 == BundlePath.manifest || $0.hasSuffix("/" + BundlePath.manifest) }
      .map { String($0.dropLast(BundlePath.manifest.count)) }
      .min { left, right in
        let depths = [left, right].map { $0.count { $0 == "/" } }
        return depths[0] == depths[1] ? left.precedesInBytes(right) : depths[0] < depths[1]
      }
  }
}
