import Telemetry

extension Coverage {
  /// What a bundle covers: what its manifest says, and what turned out to be damaged or missing
  /// when it was read.
  ///
  /// - Parameters:
  ///   - captured: The manifest's verdict.
  ///   - gaps: The manifest's gaps, in any order.
  ///   - damages: What could not be read; each loses evidence.
  public static func combining(
    captured: CoverageVerdict, gaps: [CoverageGap], damages: [CoverageGap]
  ) -> Coverage {
    let all = Set(gaps + damages).sorted()
    let isWorse = captured == .complete && !damages.isEmpty
    return Coverage(verdict: isWorse ? .partial : captured, gaps: all)
  }

  /// The share of metrics, logs and Kubernetes state that is covered, in 0...1: a source with gaps
  /// that lose evidence counts half, one that was never asked for or handed in not at all.
  var completeness: Double {
    let needed: [SourceKind] = [.prometheus, .loki, .kubernetes]
    let shares = needed.map { source -> Double in
      let losses = gaps.filter { $0.source == source && $0.losesEvidence }
      if losses.contains(where: { $0.code == .notRequested }) { return 0 }
      return losses.isEmpty ? 1 : 0.5
    }
    return shares.reduce(0, +) / Double(needed.count)
  }
}
