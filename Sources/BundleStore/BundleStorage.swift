import Archive
import JSONStream
import Telemetry

/// How the entries of an open bundle are reached.
enum BundleStorage: Sendable {
  /// Each entry is its own gzip member; places count from `base`, the end of the manifest's member.
  case members(PositionedFile, base: Int, [MemberLocation])
  /// The archive was packed again by another tool, and its entries are in memory.
  case repacked(RepackedBundle)

  /// Opens the bundle at `path` and reads its manifest.
  static func open(path: String, limits: ArchiveLimits) throws -> (Manifest, BundleStorage) {
    let file = try PositionedFile(path: path)
    if let first = try ManifestMember(file) {
      let reader = try ManifestReader(first.text, path: path, limits: limits)
      if let members = reader.members {
        try limits.check(
          uncompressed: reader.manifest.files.reduce(0) { $0 + $1.bytes },
          compressed: max(1, members.last.map { $0.offset + $0.bytes } ?? 0))
        return (reader.manifest, .members(file, base: first.end, members))
      }
    }
    let repacked = try RepackedBundle(path: path, limits: limits)
    let reader = try ManifestReader(repacked.manifestText, path: path, limits: limits)
    return (reader.manifest, .repacked(repacked))
  }

  /// The content of the file at `position` of the manifest.
  func content(of file: BundleFile, at position: Int) throws -> any ByteSource {
    switch self {
    case .members(let bundle, let base, let members):
      let place = members[position]
      let start = base + place.offset
      guard start < bundle.bytes else { throw BundleError.missing(path: file.path) }
      return MemberSource(file, in: bundle, range: start..<start + place.bytes)
    case .repacked(let bundle):
      guard let content = bundle.content(path: file.path) else {
        throw BundleError.missing(path: file.path)
      }
      return MemorySource(content)
    }
  }
}

/// The first gzip member of a bundle, when it holds the manifest and nothing else.
struct ManifestMember {
  /// The content of `manifest.json`.
  let text: [UInt8]
  /// The position in the file after the member.
  let end: Int

  /// Reads the first member of `file`; nil when the file is not laid out in members.
  init?(_ file: PositionedFile) throws {
    guard try file.bytes(at: 0, count: 2) == [0x1f, 0x8b] else { return nil }
    let reader = GzipReader(file, range: 0..<file.bytes)
    let block = try Self.read(UstarHeader.blockBytes, from: reader)
    guard let header = block.withUnsafeBytes({ UstarHeader($0) }), header.isRegularFile,
      header.path == BundlePath.manifest, header.bytes <= ManifestReader.maximumBytes
    else { return nil }
    text = try Self.read(header.bytes, from: reader)
    let padding = UstarHeader.padded(header.bytes) - header.bytes
    guard text.count == header.bytes,
      try Self.read(padding, from: reader).count == padding,
      // One byte more would mean that other entries follow in the same member.
      try Self.read(1, from: reader).isEmpty
    else { return nil }
    end = reader.offset
  }

  /// Up to `count` bytes, fewer at the end of the member. Grows as bytes arrive, since `count` is
  /// only a claim.
  private static func read(_ count: Int, from reader: GzipReader) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let part = try [UInt8](unsafeUninitializedCapacity: min(count - bytes.count, 1 << 16)) {
        $1 = try reader.read(into: UnsafeMutableRawBufferPointer($0))
      }
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }
}
