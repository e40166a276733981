import Telemetry
import Testing

@testable import Detection

@Suite struct SaturationForecastTests {
  /// A disk of 100 of which `free` is free.
  private func disk(minutes: Int, free: @escaping (Double) -> Double) -> Scenery {
    var shop = Scenery(minutes: minutes)
    shop.gauge(["__name__": "node_filesystem_size_bytes", "node": "n1", "mountpoint": "/data"]) {
      _ in 100
    }
    shop.gauge(
      ["__name__": "node_filesystem_avail_bytes", "node": "n1", "mountpoint": "/data"], free)
    return shop
  }

  @Test func aDiskThatFillsIsFoundWhenHalfIsGoneAndItsEndIsNear() throws {
    // Half a point a minute from full: at 100 half is used, a line of 30 minutes has risen by 15
    // points, and the other half lasts 100 minutes, less than the horizon of 240.
    let result = disk(minutes: 120) { 100 - $0 / 2 }.result(of: SaturationForecast.self)
    let finding = try #require(result.findings.first)
    #expect(finding.knownAt == Scenery.time(100))
    #expect(finding.kind == .saturation)
    // At 120, 60 points are used; full at 200.
    #expect(finding.text.contains("60 % full, 0.5 points a minute more"))
    #expect(finding.text.contains("full at 11:20:00"))
    #expect(result.outcome.state == .anomalous)
  }

  @Test(
    arguments: [
      { $0 < 60 ? 90 : 20 },  // a jump is no trend
      { _ in 20 },  // a level is no trend
      { 20 + $0 / 10 },  // it empties
      { 40 - $0 / 200 },  // full in days
    ] as [@Sendable (Double) -> Double])
  func whatDoesNotFillSoonIsNormal(free: @escaping @Sendable (Double) -> Double) {
    let result = disk(minutes: 120, free: free).result(of: SaturationForecast.self)
    #expect(result.findings.isEmpty)
    #expect(result.outcome.state == .normal)
  }

  @Test func lessThanAWindowIsNotJudged() {
    let result = disk(minutes: 20) { 40 - $0 }.result(of: SaturationForecast.self)
    #expect(result.findings.isEmpty)
    #expect(result.outcome.state == .insufficientData)
    #expect(result.outcome.reason == "no amount with a limit has 30 minutes of history")
  }
}
