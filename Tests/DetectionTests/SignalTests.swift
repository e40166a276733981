import Policies
import Replay
import Telemetry
import Testing

@testable import Detection

@Suite struct SignalTests {
  private static let clock = ReplayClock(
    start: Scenery.start, end: Scenery.time(4), step: .minutes(1))

  private func series(_ samples: [(minute: Double, value: Double)]) -> Series {
    Series(
      labels: LabelSet(["__name__": "c"]),
      times: .explicit(samples.map { Scenery.time($0.minute) }), values: samples.map(\.value))
  }

  @Test func anIncreaseCountsAtTheStepThatSeesIt() {
    var reading = CounterReading(clock: Self.clock)
    reading.add(series([(0, 10), (0.5, 12), (1, 15), (1.5, 15), (3, 4)]), startsAtZero: false)
    // 10→12→15 by the first step, nothing by the second, a reset to 4 seen at the third.
    #expect(reading.increases == [0, 5, 0, 4, 0])
  }

  @Test func aNewCounterOfAKnownProcessStartsAtZero() {
    var reading = CounterReading(clock: Self.clock)
    reading.add(series([(2, 7), (3, 9)]), startsAtZero: true)
    #expect(reading.increases == [0, 0, 7, 2, 0])
  }

  @Test func aGapIsLeftOutOfRates() {
    var reading = CounterReading(
      clock: ReplayClock(
        start: Scenery.start, end: Scenery.time(30), step: .minutes(1)))
    reading.add(
      series([(0, 0), (1, 60), (2, 120), (20, 1200), (21, 1260)]), startsAtZero: false,
      skipsGaps: true)
    #expect(reading.increases[20] == 0)
    #expect(reading.increases[21] == 60)
  }

  @Test func aGaugeHoldsUntilItsSampleIsStale() {
    let reading = GaugeReading(series([(0, 1), (0.5, 2), (1, 3)]), clock: Self.clock)
    // A sample interval of 30 s is fresh for 75 s, so for the step at 2 and not for that at 3.
    #expect(reading.values == [1, 3, 3, nil, nil])
  }

  @Test func usualIsTheMedianAndUnusualStepsDoNotBecomeUsual() {
    let values: [Double?] = [10, 10, 10, nil, 30, 30, 30, 10]
    let deviation = Deviation(
      of: values, baseline: CausalBaseline(capacity: 10, minimum: 3, floor: 0.1), deviations: 6
    ) { $0 > $1 ? 1 : 0 }
    #expect(deviation.strengths == [nil, nil, nil, nil, 1, 1, 1, 0])
    #expect(deviation.medians[7] == 10)
  }

  @Test(arguments: [
    ("frontend-7f6mk5r9gb-4n66r", "frontend"), ("postgres-0", "postgres"), ("cart", "cart"),
    ("fluent-bit-x7k2p", "fluent-bit"), ("price-sync-29922952-x7k2p", "price-sync"),
  ])
  func aPodsNameWithoutGeneratedEndingsIsItsService(pod: String, service: String) {
    #expect(ServiceDirectory.withoutGeneratedEndings(pod) == service)
  }

  @Test func whatKubeStateMetricsSaysOfAPodIsNotAboutKubeStateMetrics() {
    var shop = Scenery(minutes: 30)
    shop.gauge([
      "__name__": "kube_pod_container_status_restarts_total", "pod": "kube-state-metrics-1",
      "exported_pod": "api-1", "exported_container": "api", "exported_namespace": "shop",
      "container": "kube-state-metrics", "namespace": "monitoring",
    ]) { $0 < 20 ? 0 : 1 }
    let finding = shop.result(of: ContainerRestart.self).findings.first
    #expect(finding?.entity == Entity(kind: .pod, namespace: "shop", name: "api-1"))
  }

  @Test(
    arguments: [
      ("OOMKilled", 137, true), ("OOMKilled", nil, true), ("OOMKilled", 143, false),
      ("OOMKilled", 0, false), ("Error", 137, false), (nil, 137, false),
    ] as [(String?, Int64?, Bool)])
  func onlyAPlainKillForMemoryIsOne(reason: String?, exitCode: Int64?, isKill: Bool) {
    let event = Termination(
      time: Scenery.start, count: 1, reason: reason, exitCode: exitCode,
      locator: Locator(path: "p", detail: "d"))
    #expect(event.isMemoryKill == isKill)
  }
}
