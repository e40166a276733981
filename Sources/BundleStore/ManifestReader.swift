import Archive
import JSONStream
import Telemetry

/// Reads a manifest and refuses one that no honest writer produces.
struct ManifestReader {
  /// Bytes a manifest may have; 100,000 files take about 60 MB.
  static let maximumBytes = 64 << 20
  /// Commas a manifest may have; 100,000 files take fewer than two million. A text of nothing but
  /// commas and digits would take gigabytes as a tree.
  private static let maximumCommas = 2_500_000

  /// The manifest.
  let manifest: Manifest
  /// Where each file's member lies, when the manifest states it for all.
  let members: [MemberLocation]?

  /// Reads the text of `manifest.json` of the bundle at `path`.
  init(_ text: [UInt8], path: String, limits: ArchiveLimits) throws {
    do {
      guard text.count(where: { $0 == UInt8(ascii: ",") }) <= Self.maximumCommas else {
        throw BundleError.hostileManifest(reason: "it holds too many values")
      }
      let document = try JSONValue(parsing: text)
      try Self.checkSchema(document["schema"]?.string, path: path)
      manifest = try ManifestDecoder.manifest(document)
      members = try ManifestDecoder.members(document)
      try checkFiles(limits)
      try checkMembers()
      let computed = BundleIdentity.id(document: document, files: manifest.files)
      guard computed == manifest.bundleID else {
        throw BundleError.altered(stated: manifest.bundleID, computed: computed)
      }
    } catch let error as JSONStreamError {
      throw BundleError.badManifest(reason: "\(error)")
    } catch let error as ManifestDecoder.Mismatch {
      throw BundleError.badManifest(reason: error.reason)
    } catch let error as ArchiveError {
      throw BundleError(error, path: path)
    }
  }

  private static func checkSchema(_ schema: String?, path: String) throws {
    guard schema != Manifest.schema else { return }
    let parts = (schema ?? "").split(separator: "/", omittingEmptySubsequences: false)
    if let schema, parts.count == 2, parts[0] == "incident-bundle",
      let major = parts[1].split(separator: ".").first.flatMap({ Int($0) }), major > 1
    {
      throw BundleError.newerSchema(path: path, schema: schema)
    }
    throw BundleError.notABundle(
      path: path, reason: schema.map { "its schema is \"\($0.prefix(60))\"" } ?? "it has no schema")
  }

  private func checkFiles(_ limits: ArchiveLimits) throws {
    guard manifest.files.count < limits.entries else {
      throw ArchiveError.tooManyEntries(limit: limits.entries)
    }
    var total = 0
    for (index, file) in manifest.files.enumerated() {
      guard BundlePath.isValid(file.path), file.path != BundlePath.manifest else {
        throw ArchiveError.unsafePath(
          entry: EntryName.sanitised(file.path), index: index, offset: 0)
      }
      guard file.bytes <= limits.entryBytes else {
        throw ArchiveError.entryTooLarge(entry: file.path, limit: limits.entryBytes, offset: 0)
      }
      total += file.bytes
      guard total <= limits.totalBytes else {
        throw ArchiveError.archiveTooLarge(limit: limits.totalBytes, offset: 0)
      }
    }
    try checkOrder()
  }

  private func checkOrder() throws {
    for (file, next) in zip(manifest.files, manifest.files.dropFirst()) {
      guard file.path != next.path else {
        throw BundleError.hostileManifest(reason: "\(file.path) is listed twice")
      }
      guard file.path.precedesInBytes(next.path) else {
        throw BundleError.hostileManifest(reason: "\(next.path) is not in order")
      }
    }
  }

  private func checkMembers() throws {
    var end = 0
    for (file, member) in zip(manifest.files, members ?? []) {
      let (next, overflow) = member.offset.addingReportingOverflow(member.bytes)
      guard member.offset >= end, !overflow, next <= Int.max / 2 else {
        throw BundleError.hostileManifest(reason: "the place of \(file.path) overlaps another")
      }
      end = next
    }
  }
}
