import Canonical
import Policies
import Telemetry
import Testing

@testable import Detection

@Suite struct SLOBurnTests {
  private func shop(minutes: Int, failing: @escaping (Double) -> Double) -> Scenery {
    var shop = Scenery(minutes: minutes)
    for (code, share) in [("200", { 1 - failing($0) }), ("503", failing)]
      as [(String, (Double) -> Double)]
    {
      shop.counter([
        "__name__": "http_requests_total", "app": "checkout", "instance": "10.0.0.1:80",
        "code": code,
      ]) { 600 * share($0) }
    }
    return shop
  }

  @Test func aTotalOutageBurnsAtOneOverTheBudget() throws {
    let result = shop(minutes: 90) { $0 > 70 ? 1 : 0 }.result(of: SLOBurn.self)
    let finding = try #require(result.findings.first)
    #expect(result.findings.count == 1)
    // 100 % failing against 99.5 %: 1 / 0.005. The first failing step begins at 70.
    #expect((finding.value - 200).magnitude < 0.001)
    #expect(finding.interval.start == Scenery.time(70))
    #expect(finding.isOpen)
    #expect(finding.entity == Entity(kind: .service, name: "checkout"))
    #expect(finding.locator.detail == #"http_requests_total{app="checkout"}"#)
  }

  @Test func theStrengthFollowsTheSlowerWindow() {
    let track = shop(minutes: 90) { $0 > 70 ? 1 : 0 }.result(of: SLOBurn.self).tracks[0]
    // At 76, 6 of the last 60 minutes failed: burn 20; 0.8 + 0.2·ln(20/14.4)/ln(200/14.4).
    #expect(((track.strengths[76] ?? 0) - 0.8250).magnitude < 0.001)
    #expect(track.strengths[70] == 0)
  }

  @Test func aLongWindowThatBeginsBeforeTheDataIsBoundedFromBelow() throws {
    let result = shop(minutes: 15) { $0 > 5 ? 0.2 : 0 }.result(of: SLOBurn.self)
    // At 15, 16 of 60 steps are seen and 10 of 15 minutes failed at 20 %: 0.1333 / 0.005 = 26.7
    // over what was seen, at least 26.7 · 16/60 = 7.1 over the hour.
    let strength = try #require(result.tracks[0].strengths[15])
    #expect((strength - (0.6 + 0.2 * 0.1926)).magnitude < 0.001)
    #expect(try #require(result.findings.first).text.contains("(at least 7.11 over 1h)"))
  }

  /// Detection times after errors step from 0 to a constant share, objective 99.5 %:
  /// `threshold · long · (1 - objective) / share`.
  ///
  /// - Source: `facts/reasoning.md` c.1, after SRE Workbook ch. 5.
  @Test(arguments: [
    (1.0, ["1h/5m", "6h/30m", "1d/2h", "3d/6h"], [4.32, 10.8, 21.6, 21.6]),
    (0.05, ["6h/30m", "1d/2h", "3d/6h"], [216, 432, 432]),
  ])
  func everyPairFiresWhenItsLongWindowHasSeenEnough(
    share: Double, names: [String], minutes: [Double]
  ) throws {
    let result = shop(minutes: 900) { $0 > 400 ? share : 0 }.result(of: SLOBurn.self)
    let text = try #require(result.findings.first).text
    for (name, minute) in zip(names, minutes) {
      // The first step at or after the time, or the next one when the sum is short by a rounding.
      let steps = [0, 1].map { Canonical.timeOfDay(Scenery.time(400 + minute.rounded(.up) + $0)) }
      #expect(steps.contains { text.contains("\(name) at \($0)") }, "\(name): \(text)")
    }
    if share < 1 { #expect(text.contains("silent: 1h/5m"), "\(text)") }
  }

  @Test func requestsTooFewToJudgeAreNoHealthyService() {
    var shop = Scenery(minutes: 60)
    shop.counter([
      "__name__": "http_requests_total", "service": "rare", "pod": "rare-1", "code": "500",
    ]) { _ in 0.4 }
    let result = shop.result(of: SLOBurn.self)
    // Two requests in five minutes: 14 are needed, ceil(1 / (14.4 · 0.005)).
    #expect(result.outcome.state == .insufficientData)
    #expect(result.tracks[0].strengths.prefix(30).allSatisfy { $0 == nil })
  }

  @Test func theFirstErrorOfAProcessCountsAlthoughItsSeriesIsNew() {
    var shop = shop(minutes: 60) { _ in 0 }
    shop.gauge([
      "__name__": "http_requests_total", "app": "checkout", "instance": "10.0.0.1:80",
      "code": "500",
    ]) { $0 >= 30 ? 900 : nil }
    // 900 of 600 · 5 + 900 requests within five minutes.
    let burn = shop.result(of: SLOBurn.self).findings.first?.value ?? 0
    #expect((burn - 900.0 / 3900 / 0.005).magnitude < 0.1)
  }

  @Test func aProcessThatIsDiscoveredLateDoesNotCountItsPast() {
    var shop = shop(minutes: 60) { _ in 0 }
    shop.gauge([
      "__name__": "http_requests_total", "app": "checkout", "instance": "10.0.0.2:80",
      "code": "500",
    ]) { $0 >= 30 ? 90_000 : nil }
    #expect(shop.result(of: SLOBurn.self).findings.isEmpty)
  }

  @Test func aRuleThatCannotFireIsNamed() throws {
    let files = PolicyFiles([
      ("slo.json", #"{"availability": {"default": 0.9, "services": {}, "reason": "r"}}"#)
    ])
    let scene = ReplayScene(
      observations: shop(minutes: 30) { _ in 0.01 }.observations,
      policy: try Policy(files: files, over: .builtIn()))
    #expect(
      SLOBurn().examine(scene).outcome.reason
        == "request counters of 1 services; checkout: the rule of burn 14.4 cannot fire, since its"
        + " objective allows at most 10")
  }
}
