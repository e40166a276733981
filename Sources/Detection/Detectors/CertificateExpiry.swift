import Canonical
import Policies
import Replay
import Telemetry

/// Flags certificates that have expired or soon will.
///
/// - Input: the gauges of `certificate-expiry.gauges`, each the Unix time at which a certificate
///   ends.
/// - Claim: less than `certificate-expiry.horizon` is left.
/// - Strength: `certificate-expiry.nearness` over the share of the horizon that is gone; the last
///   anchor's once the certificate has expired.
/// - Missing data: not judged without such a gauge; values before 2001 are no times.
/// - Source: blackbox_exporter, cert-manager and kubelet metric names.
struct CertificateExpiry: Detector {
  static let name = "certificate-expiry"
  static let component: String? = "resource"

  init() {}

  func examine(_ scene: ReplayScene) -> DetectorResult {
    let settings = scene.policy.detectors
    var builder = ResultBuilder(Self.self, scene.clock)
    let horizon = settings.number(.certificateHorizon) * 86_400
    let gauges = settings.names(.certificateGauges).flatMap {
      scene.metrics.names(matching: $0).flatMap(scene.metrics.series(of:))
    }
    for recorded in gauges {
      let ends = GaugeReading(recorded.series, clock: scene.clock).values
      let left = ends.indices.map { step -> Double? in
        guard let end = ends[step], end >= 1e9, end < 9e9 else { return nil }
        return end - scene.clock[step].seconds
      }
      let strengths = left.map { left in
        left.map { settings.scale(.certificateNearness).strength(of: 1 - max(0, $0) / horizon) }
      }
      let owner = scene.owner(of: recorded.series.labels)
      builder.add(entity: owner.entity, service: owner.service, strengths: strengths) { run, peak in
        draft(recorded, owner, end: ends[peak] ?? 0, left: left[peak] ?? 0, clock: scene.clock)
      }
    }
    return builder.result(
      hasData: !gauges.isEmpty, read: "\(gauges.count) certificates",
      missing: "no metric tells when a certificate ends")
  }

  private func draft(
    _ recorded: RecordedSeries, _ owner: (entity: Entity, service: String?), end: Double,
    left: Double, clock: ReplayClock
  ) -> FindingDraft {
    let time = Canonical.text(Timestamp(nanoseconds: Int64((end * 1e9).rounded())))
    let subject =
      recorded.series.labels.firstValue(of: ["target", "instance", "name", "secret_name"])
      ?? owner.entity.name
    let text =
      left > 0
      ? "\(subject): its certificate ends at \(time), \(Canonical.text(left / 86_400, decimals: 1))"
        + " days later"
      : "\(subject): its certificate has expired at \(time)"
    return FindingDraft(
      kind: left > 0 ? .saturation : .failure, entity: owner.entity, service: owner.service,
      value: left / 86_400, baseline: nil, unit: "days",
      locator: Locator(path: recorded.path, detail: recorded.series.labels.selector), text: text)
  }
}
