import Archive
import Canonical
import JSONStream

/// Something that is wrong with a bundle that can be read in part.
public enum BundleDefect: Hashable, Sendable {
  /// An entry of the manifest is damaged or missing.
  case file(BundleFile, BundleError)
  /// The archive has no end, or its compressed data is wrong outside of every entry.
  case container(reason: String)
  /// Data that the manifest does not list; it is ignored.
  case unlisted(name: String)
}

extension BundleDefect: CustomStringConvertible {
  /// One sentence: what, where, what was done.
  public var description: String {
    switch self {
    case .file(_, let error): "\(error)"
    case .container(let reason): "E111 \(reason)"
    case .unlisted(let name): "W120 unlisted \"\(name)\" (ignored)"
    }
  }

  /// Whether evidence may be lost; unlisted data takes none away.
  public var isDamage: Bool {
    if case .unlisted = self { false } else { true }
  }
}

extension BundleReader {
  /// Reads every entry and everything between entries, and lists all that is wrong.
  ///
  /// - Parameter width: Threads to use, at least 1.
  /// - Returns: Damaged files in the order of the manifest, then what is wrong with the rest.
  public func verify(width: Int) throws -> [BundleDefect] {
    let files = try manifest.files.orderedParallelMap(width: width) { file -> BundleDefect? in
      do {
        try read(file) { _ in }
        return nil
      } catch let error as BundleError {
        return .file(file, error)
      }
    }
    return try files.compactMap { $0 } + containerDefects()
  }

  /// Lists what is wrong outside of the entries: data that the manifest does not list, and an
  /// archive without its end. Costs next to nothing when all is well.
  public func containerDefects() throws -> [BundleDefect] {
    switch storage {
    case .members(let bundle, let base, let members):
      try MemberGaps(bundle, base: base, members: members).defects()
    case .repacked(let bundle):
      bundle.unlisted(manifest.files).map { .unlisted(name: EntryName.sanitised($0)) }
        + (bundle.failure.map { [.container(reason: "\($0)")] } ?? [])
    }
  }
}
