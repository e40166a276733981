import Canonical
import Telemetry

/// The bundle id: a digest of what a bundle holds, whatever compressed it.
///
/// It is `sha256:` and the SHA-256 over one line for every entry, sorted by path as bytes:
///
///     path NUL size NUL sha256 LF
///
/// with the size in decimal and the digest in lower-case hexadecimal digits. The entry
/// `manifest.json` has a line like all others, but its size and digest are those of its
/// description: the document without `bundleId`, `tool` and each file's `gz`, members sorted by key
/// as bytes, without spaces, closed by a line feed. For an ASCII manifest that is what
/// `jq -cS 'del(.bundleId,.tool,.files[].gz)' manifest.json` prints. So the id covers window,
/// coverage, queries and redaction as well, and changes neither with the version of the tool nor
/// with that of zlib.
enum BundleIdentity {
  /// The id of a bundle with this manifest.
  static func id(document: JSONValue, files: [BundleFile]) -> String {
    let description = description(document)
    var lines = files.map { line(path: $0.path, bytes: $0.bytes, digest: $0.digest) }
    lines.append(
      line(
        path: BundlePath.manifest, bytes: description.count,
        digest: ContentDigest(of: description)))
    // NUL sorts before every byte of a path, so lines sort as their paths do.
    lines.sort { $0.precedesInBytes($1) }
    var hasher = ContentHasher()
    for line in lines { hasher.update(line) }
    return "sha256:\(hasher.finish().hex)"
  }

  /// What the manifest's own line stands for.
  static func description(_ document: JSONValue) -> [UInt8] {
    let members = document.members.filter { !["bundleId", "tool"].contains($0.key) }.map {
      $0.key == "files" ? JSONMember(key: $0.key, value: withoutPlaces($0.value)) : $0
    }
    return Canonical.json(sorted(.object(members)), isPretty: false)
  }

  private static func withoutPlaces(_ files: JSONValue) -> JSONValue {
    .array(files.elements.map { file in .object(file.members.filter { $0.key != "gz" }) })
  }

  private static func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): .array(elements.map(sorted))
    case .object(let members):
      .object(
        members.map { JSONMember(key: $0.key, value: sorted($0.value)) }
          .sorted { $0.key.precedesInBytes($1.key) })
    default: value
    }
  }

  private static func line(path: String, bytes: Int, digest: ContentDigest) -> String {
    "\(path)\u{0}\(bytes)\u{0}\(digest.hex)\n"
  }
}
