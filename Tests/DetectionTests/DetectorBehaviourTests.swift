import Replay
import Telemetry
import Testing

@testable import Detection

@Suite struct DetectorBehaviourTests {
  private static let restarts: KeyValuePairs = [
    "__name__": "kube_pod_container_status_restarts_total", "pod": "api-1", "container": "api",
    "namespace": "shop",
  ]

  @Test(arguments: [(1, 0.15), (2, 0.7), (4, 0.9), (6, 1.0), (9, 1.0)])
  func restartsWeighMoreWhenTheyRepeat(count: Int, strength: Double) throws {
    var shop = Scenery(minutes: 40)
    shop.gauge(Self.restarts) { min(Double(count), max(0, ($0 - 20).rounded(.up))) }
    let finding = try #require(shop.result(of: ContainerRestart.self).findings.first)
    #expect(finding.strength == strength)
    #expect(finding.value == Double(count))
    #expect(finding.service == "api")
  }

  @Test func aLastTerminationInAPodObjectIsEnoughAndTellsTheExitCode() throws {
    var shop = Scenery(minutes: 40)
    shop.object(
      "Pod", "api-1", createdAt: -100,
      .object([
        "status": .object([
          "containerStatuses": .array([
            .object([
              "name": .string("api"),
              "lastState": .object([
                "terminated": .object([
                  "reason": .string("OOMKilled"), "exitCode": .number("137"),
                  "finishedAt": .string("2027-01-15T08:20:00Z"),
                ])
              ]),
            ])
          ])
        ])
      ]))
    let finding = try #require(shop.result(of: ContainerRestart.self).findings.first)
    #expect(finding.interval.start == Scenery.time(20))
    #expect(finding.text == "api-1: container api was terminated once: OOMKilled (exit 137)")
    #expect(finding.strength == 0.6)
  }

  @Test func anAggregatedEventCountsOnceUntilItsLastOccurrenceIsKnown() {
    var shop = Scenery(minutes: 60)
    for pod in 0..<10 {
      shop.warning(pod: "api-\(pod)", reason: "BackOff", from: 10, to: 40, count: 61)
    }
    let strengths = shop.result(of: EventSurge.self).tracks[0].strengths
    // One occurrence is below three; at 40, 60 in 30 minutes make 20 in ten minutes:
    // 0.5 + 0.3·ln(2)/ln(3), and ten objects that surge allow up to 0.8.
    #expect(strengths[39] == 0)
    #expect(((strengths[40] ?? 0) - 0.6893).magnitude < 0.001)
  }

  @Test func whatIsRepeatedAboutOnePodStaysWeakHoweverOftenItIsRepeated() {
    var shop = Scenery(minutes: 60)
    shop.warning(pod: "api-1", reason: "BackOff", from: 10, to: 40, count: 6000)
    #expect(shop.result(of: EventSurge.self).tracks[0].strengths.compactMap { $0 }.max() == 0.3)
  }

  @Test(arguments: [(1, 4, 0.05), (2, 4, 0.1), (4, 4, 1)] as [(Int, Double, Double)])
  func replicasCountByTheShareOfTimeTheyWereAway(steps: Int, of: Double, share: Double) {
    // One of four away for a step is a twentieth of the window of five; all away for three steps
    // or more count in full.
    let lost = steps == 4 ? 1.0 : 0.25
    let away = (0..<20).map { (10..<10 + steps).contains($0) ? lost : 0 as Double? }
    let shares = PodUnavailable.shares(of: away, window: 5, sustained: 2)
    #expect(((shares.compactMap { $0 }.max() ?? 0) - share).magnitude < 1e-9)
  }

  @Test func aStuckRolloutWhoseOldReplicasServeIsWeak() throws {
    var shop = Scenery(minutes: 60)
    for (metric, value) in [
      ("kube_deployment_spec_replicas", 3.0), ("kube_deployment_status_replicas_available", 3.0),
    ] {
      shop.gauge(["__name__": metric, "deployment": "api", "namespace": "shop"]) { _ in value }
    }
    shop.gauge([
      "__name__": "kube_pod_container_status_waiting_reason", "pod": "api-7f6mk5r9gb-4n66r",
      "container": "api", "namespace": "shop", "reason": "ImagePullBackOff",
    ]) { $0 >= 30 ? 1 : nil }
    let finding = try #require(shop.result(of: WaitingReason.self).findings.first)
    #expect(finding.strength == 0.2)
    #expect(finding.interval.start == Scenery.time(30))
    #expect(finding.isOpen)
    let result = DetectionResult(of: shop.observations, policy: .builtIn(), bundleID: "b")
    #expect(result.incidents.isEmpty)
  }

  @Test func aRolloutNamesTheImagesBeforeAndAfter() throws {
    let rollouts = TroubledShop.scenery().result(of: Rollout.self).findings
    #expect(
      rollouts.map(\.text) == ["api: rollout of revision 2: api image shop/api:1 → shop/api:2"])
    #expect(rollouts[0].interval.start == Scenery.time(40.5))
    #expect(rollouts[0].kind == .amend)
    #expect(rollouts[0].strength == 0)
  }

  @Test func aLimitThatWasAlwaysNearIsNoNews() {
    var shop = Scenery(minutes: 60)
    for (metric, value) in [
      ("container_memory_working_set_bytes", 0.96), ("container_spec_memory_limit_bytes", 1.0),
    ] {
      shop.gauge([
        "__name__": metric, "pod": "db-0", "container": "db", "namespace": "shop",
      ]) { _ in value * 1e9 }
    }
    let result = shop.result(of: MemoryLimit.self)
    #expect(result.findings.isEmpty)
    #expect(result.outcome.state == .normal)
  }

  @Test func anErrorLineOfNewWordingIsTheExample() throws {
    var shop = TroubledShop.scenery()
    let usual = LogExample(
      time: Scenery.time(3), path: "logs/part-000000.jsonl", lineNumber: 1,
      text: "ERROR retry 1 of 3")
    let during = [("ERROR retry 2 of 3", 46.5), ("ERROR OutOfMemoryError: heap", 47.0)].map {
      LogExample(
        time: Scenery.time($1), path: "logs/part-000001.jsonl", lineNumber: 9, text: $0)
    }
    shop.streams[0] = LogStreamActivity(
      stream: shop.streams[0].stream, counts: shop.streams[0].counts,
      errorExamples: [usual] + during)
    let finding = try #require(shop.result(of: ErrorLogs.self).findings.first)
    #expect(finding.text.hasSuffix("such as: ERROR OutOfMemoryError: heap"))
    #expect(finding.locator == Locator(path: "logs/part-000001.jsonl", detail: "line 9"))
  }

  @Test func anAlertThatPausesIsOneStory() throws {
    var shop = Scenery(minutes: 60)
    shop.gauge([
      "__name__": "ALERTS", "alertname": "TargetDown", "alertstate": "firing",
      "severity": "warning", "job": "api",
    ]) { (10...12).contains($0) || (20...22).contains($0) || (50...52).contains($0) ? 1 : nil }
    shop.gauge([
      "__name__": "ALERTS", "alertname": "Watchdog", "alertstate": "firing", "severity": "none",
    ]) { _ in 1 }
    let alerts = AlertFiring.alerts(in: shop.scene)
    #expect(alerts.map(\.firstFired) == [Scenery.time(10), Scenery.time(50)])
    #expect(alerts.map(\.lastFiring) == [Scenery.time(22), Scenery.time(52)])
  }
}
