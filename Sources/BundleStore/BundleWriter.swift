import Archive
import Canonical
import Telemetry

/// Writes one bundle, whole or not at all: under a temporary name, synced, then renamed.
///
/// Entries are compressed as they come and only their compressed form is kept, in an unnamed file
/// beside the target. A writer that goes away without `finish` leaves nothing behind.
public final class BundleWriter {
  private let path: String
  private let limits: ArchiveLimits
  private let allowsUnnamed: Bool
  private let spool: OutputFile
  private let queue: CompressionQueue
  private var entries: [Entry] = []
  private var paths: Set<String> = [BundlePath.manifest]
  private var isFinished = false

  private struct Entry {
    let path: String
    let role: FileRole
    let source: SourceKind
    let query: RecordedQuery?
    let records: Int
    let firstTime: Timestamp?
    let lastTime: Timestamp?
  }

  /// Starts a bundle that will be at `path`, whose folder exists.
  ///
  /// - Parameter width: Threads that compress; 1 compresses on the caller's thread. The bytes of
  ///   the bundle do not depend on it.
  public convenience init(
    path: String, width: Int = 2, limits: ArchiveLimits = ArchiveLimits()
  ) throws {
    try self.init(path: path, width: width, limits: limits, allowsUnnamed: true)
  }

  /// Starts a bundle, on request as on a file system that has no unnamed files.
  package init(path: String, width: Int, limits: ArchiveLimits, allowsUnnamed: Bool) throws {
    try OutputFile.checkReplaceable(path)
    self.path = path
    self.limits = limits
    self.allowsUnnamed = allowsUnnamed
    spool = try OutputFile(path: path, suffix: ".spool.partial", allowsUnnamed: allowsUnnamed)
    spool.forgetName()
    queue = CompressionQueue(spool: spool, width: width)
  }

  deinit {
    queue.cancel()
  }

  /// Adds an entry. Entries may come in any order; the archive holds them sorted by path.
  ///
  /// An error of an earlier entry may be thrown here or by `finish`, since compressing goes on in
  /// the background.
  public func add(
    path: String, role: FileRole, source: SourceKind, query: RecordedQuery? = nil, records: Int,
    firstTime: Timestamp? = nil, lastTime: Timestamp? = nil, content: [UInt8]
  ) throws {
    precondition(!isFinished, "BUG: an entry is added to a finished bundle")
    guard BundlePath.isValid(path) else {
      throw BundleError.invalidEntry(
        path: path, reason: "paths are a-z, 0-9, dot, dash and underscore, at most 200 bytes")
    }
    guard paths.insert(path).inserted else {
      throw BundleError.invalidEntry(path: path, reason: "an entry of this path exists already")
    }
    guard content.count <= limits.entryBytes, entries.count < limits.entries - 1 else {
      throw BundleError.invalidEntry(
        path: path,
        reason: "a bundle holds \(limits.entries) entries of \(limits.entryBytes) bytes each")
    }
    entries.append(
      Entry(
        path: path, role: role, source: source, query: query, records: records,
        firstTime: firstTime, lastTime: lastTime))
    try queue.submit(index: entries.count - 1, path: path, content: content)
  }

  /// Completes the bundle: fills in `files` and `bundleID`, writes everything, and returns the
  /// manifest as written.
  ///
  /// Inputs are sorted by path and gaps in their own order, so that the order of work decides no
  /// byte.
  public func finish(_ manifest: Manifest) throws -> Manifest {
    precondition(!isFinished, "BUG: a bundle is finished twice")
    isFinished = true
    let packed = try queue.results(count: entries.count)
    let order = entries.indices.sorted { entries[$0].path.precedesInBytes(entries[$1].path) }
    var complete = manifest
    complete.inputs.sort { $0.path.precedesInBytes($1.path) }
    complete.gaps.sort()
    complete.files = order.map { file(entries[$0], packed[$0]) }
    complete.bundleID = BundleIdentity.id(
      document: complete.document(members: nil), files: complete.files)
    try write(complete, members: order.map { packed[$0].member })
    return complete
  }

  private func file(_ entry: Entry, _ packed: CompressionQueue.Packed) -> BundleFile {
    BundleFile(
      path: entry.path, role: entry.role, source: entry.source, query: entry.query,
      bytes: packed.bytes, digest: packed.digest, records: entry.records,
      firstTime: entry.firstTime, lastTime: entry.lastTime)
  }

  private func write(_ manifest: Manifest, members: [Range<Int>]) throws {
    var offset = 0
    let places = members.map { member in
      defer { offset += member.count }
      return MemberLocation(offset: offset, bytes: member.count)
    }
    do {
      try limits.check(
        uncompressed: manifest.files.reduce(0) { $0 + $1.bytes }, compressed: max(1, offset))
      let text = Canonical.json(manifest.document(members: places))
      guard text.count <= ManifestReader.maximumBytes else {
        throw BundleError.cannotWrite(path: path, reason: "its manifest is too large to be read")
      }
      let output = try OutputFile(path: path, allowsUnnamed: allowsUnnamed)
      try text.withUnsafeBytes { text in
        let member = try UstarEntry.member(path: BundlePath.manifest, content: text)
        try member.withUnsafeBytes { try output.append($0) }
      }
      for member in members { try output.append(member, of: spool) }
      try UstarEntry.endMember().withUnsafeBytes { try output.append($0) }
      try output.commit()
    } catch let error as ArchiveError {
      throw BundleError.cannotWrite(path: path, reason: "\(error)")
    }
  }
}
