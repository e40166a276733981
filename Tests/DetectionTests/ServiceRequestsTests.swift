import Policies
import Telemetry
import Testing

@testable import Detection

@Suite struct ServiceRequestsTests {
  @Test("Every counter of the policy is read once, by its first entry", arguments: counters)
  func countsOnce(metric: String, status: String, failure: String) throws {
    var shop = Scenery(minutes: 10)
    for (code, rate) in [("OK", 60.0), (failure, 6.0)] {
      let value = code == "OK" ? (failure == "Internal" || failure == "2" ? "0" : "200") : code
      shop.counter([
        "__name__": metric, "service": "web", "instance": "10.0.0.1:80", status: value,
      ]) { _ in rate }
    }
    let read = ServiceRequests.all(in: shop.scene)
    try #require(read.count == 1)
    // 10 minutes at 66 requests a minute, 6 of which fail.
    #expect((read[0].total.increases.reduce(0, +) - 660).magnitude < 1e-6)
    #expect((read[0].failed.increases.reduce(0, +) - 60).magnitude < 1e-6)
  }

  private static let counters = Policy.builtIn().objectives.requestCounters.map { counter in
    (
      counter.metric.hasPrefix("*") ? "shop" + counter.metric.dropFirst() : counter.metric,
      counter.statusLabels[0],
      counter.metric.hasPrefix("grpc") ? "Internal" : counter.metric.hasPrefix("rpc") ? "2" : "500"
    )
  }

  @Test("Two containers of one pod that are scraped at their own times are two processes")
  func keepsContainersApart() {
    var shop = Scenery(minutes: 10)
    for (port, begin) in [("80", 0.0), ("81", 0.25)] {
      shop.gauge([
        "__name__": "http_requests_total", "service": "web", "pod": "web-1",
        "instance": "10.0.0.1:\(port)", "code": "500",
      ]) { $0 >= begin ? 5_000_000 : nil }
    }
    let read = ServiceRequests.all(in: shop.scene)
    #expect(read.map { $0.failed.increases.reduce(0, +) } == [0])
  }

  @Test("Durations are read once although two entries match their name")
  func countsDurationsOnce() throws {
    var shop = Scenery(minutes: 10)
    for (suffix, rate) in [("sum", 30.0), ("count", 60.0)] {
      shop.counter([
        "__name__": "http_request_duration_seconds_\(suffix)", "service": "web",
        "instance": "10.0.0.1:80",
      ]) { _ in rate }
    }
    let read = try #require(ServiceDurations.all(in: shop.scene).first)
    #expect((read.requests.increases.reduce(0, +) - 600).magnitude < 1e-6)
    #expect((read.seconds.increases.reduce(0, +) - 300).magnitude < 1e-6)
  }
}
