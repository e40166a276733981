import BundleStore
import Canonical
import Reasoning
import Telemetry

extension BundleIdentity {
  /// What an analysis says about the bundle with this manifest.
  ///
  /// - Parameters:
  ///   - end: Where the replay stopped.
  ///   - policyDigest: The digest of the policies used.
  init(_ manifest: Manifest, replayedTo end: Timestamp, policyDigest: ContentDigest) {
    self.init(
      id: manifest.bundleID, window: manifest.window, replayedTo: end,
      policyDigest: "sha256:\(policyDigest.hex)",
      sources: manifest.sources.map(Self.sentence), displayTimeZone: manifest.displayTimeZone,
      redactedValues: manifest.redaction.isApplied
        ? manifest.redaction.counts.reduce(0) { $0 &+ $1.count } : nil)
  }

  /// `prometheus 2.53.3, scraped every 15s`.
  private static func sentence(_ source: BundleSource) -> String {
    var parts = [
      source.version.isEmpty ? source.kind.rawValue : "\(source.kind.rawValue) \(source.version)"
    ]
    if let interval = source.scrapeInterval {
      parts.append("scraped every \(Canonical.text(interval))")
    }
    if let horizon = source.eventHorizon { parts.append("events since \(Canonical.text(horizon))") }
    return parts.joined(separator: ", ")
  }
}
