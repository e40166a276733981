import Policies
import Replay
import Telemetry
import Testing

@testable import Detection

@Suite struct IncidentTests {
  private func result(_ shop: Scenery) -> DetectionResult {
    DetectionResult(of: shop.observations, policy: .builtIn(), bundleID: "sha256:0")
  }

  @Test func troubleIsOneIncidentFromItsFirstEffectToItsEnd() throws {
    let result = result(TroubledShop.scenery())
    let incident = try #require(result.incidents.first)
    #expect(result.incidents.count == 1)
    #expect(incident.startedAt == Scenery.time(45))
    #expect(incident.detectedAt > incident.startedAt)
    #expect(incident.detectedAt <= Scenery.time(49))
    let ended = try #require(incident.endedAt)
    #expect(ended >= Scenery.time(70))
    #expect(ended <= Scenery.time(80))
    #expect(incident.severity == .critical)
    #expect(incident.services.first == "api")
    #expect(incident.peakScore == result.score.peak?.score)
    #expect(incident.id.wholeMatch(of: /INC-[0-9a-f]{8}/) != nil)
    let members = Set(incident.findings)
    #expect(members.isSubset(of: Set(result.findings.map(\.id))))
    #expect(!result.findings.contains { $0.kind == .amend && members.contains($0.id) })
  }

  @Test func evidenceOfAPartIsKnownByItsTime() {
    let result = result(TroubledShop.scenery())
    for point in result.score.points {
      for id in point.parts.flatMap(\.evidence) {
        let finding = result.findings.first { $0.id == id }
        #expect(finding.map { $0.knownAt <= point.time } == true)
      }
    }
  }

  @Test func theScoreBeforeACutIsTheScoreOfTheCut() {
    let whole = TroubledShop.scenery().observations
    let cut = whole.cut(at: Scenery.time(60))
    let all = DetectionResult(of: whole, policy: .builtIn(), bundleID: "b").score.points
    let early = DetectionResult(of: cut, policy: .builtIn(), bundleID: "b").score.points
    #expect(all.prefix(61).map(\.score) == early.map(\.score))
  }

  @Test func anOutageThatNobodyEndedIsOpen() throws {
    let cut = TroubledShop.scenery().observations.cut(at: Scenery.time(60))
    let incidents = DetectionResult(of: cut, policy: .builtIn(), bundleID: "b").incidents
    #expect(incidents.map(\.endedAt) == [nil])
  }

  @Test func noisyLogsAloneAreNoIncidentAndCannotRuleOneOut() {
    var shop = Scenery(minutes: 90)
    shop.logs(
      service: "api", level: .error, { $0 > 60 ? 5000 : 1 }, example: "ERROR everything")
    let result = result(shop)
    #expect(result.incidents.isEmpty)
    #expect((result.score.peak?.score ?? 0) <= 35.0001)
    #expect((result.score.points.last?.high ?? 0) > 90)
    #expect(!result.visibility.canRuleOutIncident)
  }

  @Test func aQuietShopHasNoIncidentAndSaysSo() {
    var shop = Scenery(minutes: 90)
    for code in ["200", "500"] {
      shop.counter([
        "__name__": "http_requests_total", "service": "api", "pod": "api-1", "code": code,
      ]) { _ in code == "200" ? 600 : 0.5 }
    }
    let result = result(shop)
    #expect(result.incidents.isEmpty)
    #expect(result.visibility.canRuleOutIncident)
    #expect((result.score.peak?.score ?? 100) < 30)
  }

  @Test(arguments: [(10, 1), (40, 2)])
  func outagesCloserThanTheMergeGapAreOneIncident(pause: Int, count: Int) {
    var shop = Scenery(minutes: 150)
    let second = 75 + Double(pause)
    for code in ["200", "500"] {
      shop.counter([
        "__name__": "http_requests_total", "service": "api", "pod": "api-1", "code": code,
      ]) { minute in
        let isDown =
          (minute > 60 && minute <= 75) || (minute > second && minute <= second + 15)
        return isDown == (code == "500") ? 600 : 0
      }
    }
    #expect(result(shop).incidents.count == count)
  }

  @Test func aShopWithoutKubernetesHasItsOutageToo() throws {
    var shop = Scenery(minutes: 120)
    for (code, rate) in [("0", 600.0), ("Unavailable", 0)] {
      shop.counter([
        "__name__": "grpc_server_handled_total", "job": "prod/ledger", "instance": "10.1.1.1:9",
        "grpc_code": code,
      ]) { minute in
        let isDown = minute > 80 && minute <= 100
        return code == "0" ? (isDown ? 0 : rate) : (isDown ? 600 : 0)
      }
    }
    let incident = try #require(result(shop).incidents.first)
    #expect(incident.services == ["ledger"])
    #expect(incident.startedAt == Scenery.time(80))
  }

  /// A service that fails half of its requests from minute 45 on, and is last seen at `end`.
  private func failing(until end: Double) -> Scenery {
    var shop = Scenery(minutes: 90)
    for (code, share) in [("200", { $0 > 45 ? 0.5 : 1 }), ("500", { $0 > 45 ? 0.5 : 0 })]
      as [(String, (Double) -> Double)]
    {
      var total = 1000.0
      shop.gauge([
        "__name__": "http_requests_total", "service": "web", "instance": "10.0.0.1:80",
        "code": code,
      ]) { minute in
        total += 150 * share(minute)
        return minute <= end ? total : nil
      }
    }
    return shop
  }

  @Test func dataThatEndsIsNoRecovery() {
    #expect(result(failing(until: 55)).incidents.map(\.endedAt) == [nil])
  }

  @Test func requestsThatStopBeingCountedCannotRuleAnIncidentOut() {
    var shop = Scenery(minutes: 90)
    shop.gauge([
      "__name__": "http_requests_total", "service": "web", "instance": "10.0.0.1:80",
      "code": "200",
    ]) { $0 <= 40 ? 1000 + 600 * $0 : nil }
    shop.logs(service: "web", level: .info, { _ in 60 }, example: "fine")
    for name in ["kube_deployment_spec_replicas", "kube_deployment_status_replicas_available"] {
      shop.gauge(["__name__": name, "namespace": "shop", "deployment": "web"]) { _ in 2 }
    }
    let result = result(shop)
    #expect(result.incidents.isEmpty)
    #expect(result.visibility.availability == 1)
    #expect(!result.visibility.canRuleOutIncident)
  }

  /// Wanted and available replicas of one deployment.
  private func replicas(
    wanted: (Double) -> Double, available: (Double) -> Double
  ) -> DetectionResult {
    var shop = Scenery(minutes: 90)
    shop.gauge([
      "__name__": "kube_deployment_spec_replicas", "namespace": "dev", "deployment": "reports",
    ]) { wanted($0) }
    shop.gauge([
      "__name__": "kube_deployment_status_replicas_available", "namespace": "dev",
      "deployment": "reports",
    ]) { available($0) }
    return result(shop)
  }

  @Test func whatNeverWorkedIsNoOutage() {
    let result = replicas(wanted: { _ in 1 }, available: { _ in 0 })
    #expect(result.incidents.isEmpty)
    #expect(result.score.peak?.score == 0)
  }

  @Test func scalingOutIsNoOutage() {
    let result = replicas(
      wanted: { $0 > 40 ? 12 : 4 }, available: { $0 > 44 ? 12 : 4 })
    #expect(result.score.peak?.score == 0)
  }

  @Test func replicasThatServedAndAreGoneAreAnOutage() throws {
    let result = replicas(wanted: { _ in 4 }, available: { $0 > 40 && $0 < 60 ? 0 : 4 })
    let incident = try #require(result.incidents.first)
    #expect(incident.startedAt <= Scenery.time(41))
    #expect(incident.endedAt.map { $0 >= Scenery.time(59) && $0 <= Scenery.time(62) } == true)
  }
}
