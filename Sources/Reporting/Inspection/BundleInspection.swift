import BundleStore
import Telemetry

/// What is known about a bundle after every entry of it has been read.
public struct BundleInspection: Sendable {
  /// What the bundle says about itself.
  public let manifest: Manifest
  /// Entries whose content is not what the manifest says, in the manifest's order.
  public let damages: [FileDamage]

  /// What the capture obtained, less what was lost since.
  public var coverage: CoverageVerdict {
    damages.isEmpty || manifest.coverage != .complete ? manifest.coverage : .partial
  }

  /// Makes an inspection.
  public init(manifest: Manifest, damages: [FileDamage]) {
    self.manifest = manifest
    self.damages = damages
  }
}
