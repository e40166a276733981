import Archive

/// Why a bundle could not be opened, read or written.
public enum BundleError: Error, Hashable, Sendable {
  /// The file cannot be opened, or its container is damaged before the manifest.
  case unreadable(path: String, ArchiveError)
  /// The file is something else.
  case notABundle(path: String, reason: String)
  /// The bundle was written by a later version.
  case newerSchema(path: String, schema: String)
  /// The manifest is no valid document.
  case badManifest(reason: String)
  /// The manifest does not give the bundle id that it states.
  case altered(stated: String, computed: String)
  /// The bundle breaks a rule that protects the reader.
  case refused(ArchiveError)
  /// The manifest describes files that cannot be.
  case hostileManifest(reason: String)
  /// The content of an entry is not what the manifest says.
  case damaged(path: String, reason: String)
  /// An entry of the manifest is not in the file, or not to its end.
  case missing(path: String)
  /// An entry's path or size breaks the rules of a bundle.
  case invalidEntry(path: String, reason: String)
  /// The bundle cannot be written.
  case cannotWrite(path: String, reason: String)
}

extension BundleError {
  /// What a command makes of the error.
  public enum Severity: Sendable {
    /// The bundle cannot be read: exit code 3.
    case unreadable
    /// The bundle was refused for safety: exit code 4.
    case refused
    /// Part of the bundle is damaged or missing, the rest can be read: exit code 5.
    case damaged
    /// No bundle was written.
    case unwritten
  }

  /// How bad the error is.
  public var severity: Severity {
    switch self {
    case .unreadable, .notABundle, .newerSchema, .badManifest, .altered: .unreadable
    case .refused, .hostileManifest: .refused
    case .damaged, .missing: .damaged
    case .invalidEntry, .cannotWrite: .unwritten
    }
  }

  /// An archive's error as one about the bundle at `path`.
  init(_ error: ArchiveError, path: String) {
    self = error.isRefusal ? .refused(error) : .unreadable(path: path, error)
  }
}

extension BundleError: CustomStringConvertible {
  /// One sentence: what, where, what to do next.
  public var description: String {
    switch self {
    case .unreadable(let path, let error):
      "\(path) cannot be read: \(error)"
    case .notABundle(let path, let reason):
      "\(path) is not an incident bundle: \(reason). Make one with `oncall-capture files`"
    case .newerSchema(let path, let schema):
      "E190 \(path) has schema \(schema), which is newer than this build"
        + " (\(Manifest.schema)): upgrade"
    case .badManifest(let reason):
      "E122 manifest.json is not valid: \(reason). Take the original file again"
    case .altered(let stated, let computed):
      "E123 manifest.json was changed after the capture: it states \(stated) but describes"
        + " \(computed). Take the original file again"
    case .refused(let error):
      "\(error)"
    case .hostileManifest(let reason):
      "E124 manifest.json describes an impossible bundle: \(reason) (refused)"
    case .damaged(let path, let reason):
      "E112 \(path) is damaged: \(reason). Take the original file again"
    case .missing(let path):
      "E121 \(path) is missing or cut off: the file is incomplete. Take the original file again"
    case .invalidEntry(let path, let reason):
      "\(path) cannot be part of a bundle: \(reason)"
    case .cannotWrite(let path, let reason):
      "\(path) cannot be written: \(reason)"
    }
  }
}
