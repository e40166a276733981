import BundleStore
import Collection
import Telemetry

/// What an import did, for a person or a script.
public struct ImportSummary: Sendable {
  /// Where the bundle is.
  public let path: String
  /// Its compressed size.
  public let bytes: Int
  /// The manifest as written.
  public let manifest: Manifest
  /// How much telemetry the bundle holds.
  public let volume: CapturedVolume
  /// What the window follows from.
  public let windowOrigin: WindowOrigin

  /// 0, or 10 when a gap can have lost evidence.
  public var exitCode: Int32 { manifest.coverage == .complete ? 0 : 10 }

  /// The number of input files with an outcome.
  func count(of outcome: InputOutcome) -> Int {
    manifest.inputs.count { $0.outcome == outcome }
  }
}
