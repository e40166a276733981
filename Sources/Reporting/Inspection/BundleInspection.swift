import BundleStore

/// What is known about a bundle after every entry of it has been read.
public struct BundleInspection: Sendable {
  /// What the bundle says about itself.
  public let manifest: Manifest
  /// Entries whose content is not what the manifest says, in the manifest's order.
  public let damages: [FileDamage]

  /// Makes an inspection.
  public init(manifest: Manifest, damages: [FileDamage]) {
    self.manifest = manifest
    self.damages = damages
  }
}

/// One entry that cannot be read as the manifest describes it.
public struct FileDamage: Hashable, Sendable {
  /// The entry.
  public let path: String
  /// What is wrong with it.
  public let reason: String

  /// Makes a damage.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
