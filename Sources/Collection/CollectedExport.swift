import BundleStore
import Telemetry

/// Everything that a manifest says about an imported export, except its entries.
public struct CollectedExport: Sendable {
  /// The captured window.
  public let window: TimeRange
  /// What the window follows from.
  public let windowOrigin: WindowOrigin
  /// The systems that the telemetry came from.
  public let sources: [BundleSource]
  /// Every file, sorted by path, and what became of it.
  public let inputs: [BundleInput]
  /// Everything that is missing, sorted.
  public let gaps: [CoverageGap]
  /// What redaction did.
  public let redaction: RedactionSummary
  /// How much telemetry the entries hold.
  public let volume: CapturedVolume

  /// Complete when no gap can have lost evidence; insufficient without raw metrics and log lines.
  public var coverage: CoverageVerdict {
    if volume.samples == 0, volume.lines == 0 { return .insufficient }
    return gaps.contains(where: \.losesEvidence) ? .partial : .complete
  }
}
