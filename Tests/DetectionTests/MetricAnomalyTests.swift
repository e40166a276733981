import Telemetry
import Testing

@testable import Detection

@Suite struct MetricAnomalyTests {
  @Test func aQueueThatGrowsIsFoundWithWhatWasUsual() throws {
    var shop = Scenery(minutes: 60)
    shop.gauge(["__name__": "orders_queue_depth", "service": "mailer"]) { $0 < 40 ? 4 : 400 }
    let finding = try #require(shop.result(of: MetricAnomaly.self).findings.first)
    #expect(finding.text == "mailer: orders_queue_depth at 400 at the worst, usually 4")
    #expect(finding.knownAt == Scenery.time(40))
    // 400 over a floor of 10: 40 times; 0.7 + 0.2·ln(40/30)/ln(100/30).
    #expect((finding.strength - 0.7478).magnitude < 0.001)
  }

  @Test func aCounterThatBeginsToCountIsFound() throws {
    var shop = Scenery(minutes: 60)
    // 60 a minute from 40 on: 1/s over five minutes.
    shop.counter(["__name__": "mail_errors_total", "service": "mailer"]) { $0 > 40 ? 60 : 0 }
    let finding = try #require(shop.result(of: MetricAnomaly.self).findings.first)
    #expect(finding.text == "mailer: mail_errors_total at 1/s at the worst, usually 0/s")
  }

  @Test func onlyTheBadLabelOfACodedCounterCounts() throws {
    var shop = Scenery(minutes: 60)
    shop.counter(["__name__": "coredns_dns_responses_total", "job": "dns", "rcode": "NOERROR"]) {
      $0 > 40 ? 60_000 : 600
    }
    #expect(shop.result(of: MetricAnomaly.self).findings.isEmpty)
    shop.counter(["__name__": "coredns_dns_responses_total", "job": "dns", "rcode": "SERVFAIL"]) {
      $0 > 40 ? 600 : 0
    }
    let finding = try #require(shop.result(of: MetricAnomaly.self).findings.first)
    #expect(finding.text.contains(#"coredns_dns_responses_total{rcode="SERVFAIL"} at 10/s"#))
  }

  @Test func aCertificateThatEndsInTheWindowIsFirstNearThenAFailure() throws {
    var shop = Scenery(minutes: 60)
    shop.gauge(["__name__": "probe_ssl_earliest_cert_expiry", "instance": "https://shop"]) { _ in
      Scenery.time(30).seconds
    }
    let result = shop.result(of: CertificateExpiry.self)
    let finding = try #require(result.findings.first)
    #expect(finding.kind == .failure)
    // At 10, 20 of 4320 minutes are left: 0.3 + 0.6·ln(0.99537/0.9)/ln(1/0.9).
    #expect(((result.tracks[0].strengths[10] ?? 0) - 0.8736).magnitude < 0.001)
    #expect(result.tracks[0].strengths[40] == 0.9)
    #expect(
      finding.text.hasPrefix("https://shop: its certificate has expired at 2027-01-15T08:30:"))
  }

  @Test func aCertificateOfManyDaysIsNoFinding() {
    var shop = Scenery(minutes: 60)
    shop.gauge(["__name__": "probe_ssl_earliest_cert_expiry", "instance": "https://shop"]) { _ in
      Scenery.time(0).seconds + 60 * 86_400
    }
    let result = shop.result(of: CertificateExpiry.self)
    #expect(result.findings.isEmpty)
    #expect(result.outcome.state == .normal)
  }
}
