import Foundation
import Policies
import Replay
import Telemetry
import Testing

@testable import Detection

/// What every detector promises; see `Detector`.
@Suite struct DetectorContractTests {
  static let names = BuiltinDetectors.all.map { $0.name }

  private func detector(_ name: String) throws -> any Detector.Type {
    try #require(BuiltinDetectors.all.first { $0.name == name })
  }

  @Test func everyFileOfTheFolderIsADetectorOfTheListInOrder() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Detection/Detectors").standardized
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .map { $0.replacingOccurrences(of: ".swift", with: "") }
    #expect(Set(files) == Set(BuiltinDetectors.all.map { "\($0)" }))
    #expect(Set(Self.names).count == files.count)
  }

  @Test(arguments: names)
  func troubleIsFound(name: String) throws {
    let result = try TroubledShop.scenery().result(of: detector(name))
    #expect(!result.findings.isEmpty)
    #expect(result.outcome.state == (name == "rollout" ? .normal : .anomalous))
    for finding in result.findings {
      #expect(finding.knownAt >= finding.interval.start)
      #expect((0...1).contains(finding.strength))
      #expect(finding.id.wholeMatch(of: /E-[0-9a-f]{8}/) != nil)
    }
  }

  @Test(arguments: names)
  func nothingIsNeverAnomalous(name: String) throws {
    let result = try Scenery(minutes: 90).result(of: detector(name))
    #expect(result.findings.isEmpty)
    #expect(result.outcome.state == .insufficientData)
    #expect(!result.isEvaluable.contains(true))
  }

  @Test(
    arguments: names.filter { !["alert", "waiting-reason", "certificate-expiry"].contains($0) })
  func oneSampleIsNeverAnomalous(name: String) throws {
    let whole = TroubledShop.scenery().observations
    // At 60 everything is broken: a single look tells levels, not changes.
    let instant = Scenery.time(60)
    let series = whole.series.compactMap { recorded -> RecordedSeries? in
      let index = recorded.series.times.firstIndex(notBefore: instant)
      guard index < recorded.series.count,
        !Self.isState(recorded.series.labels)
      else { return nil }
      return RecordedSeries(
        series: Series(
          labels: recorded.series.labels, times: .explicit([recorded.series.times[index]]),
          values: [recorded.series.values[index]]), path: recorded.path)
    }
    let seen = Observations(
      window: whole.window, end: whole.end, step: whole.step, series: series, logs: nil,
      objects: [], events: [], sources: [])
    let scene = ReplayScene(observations: seen, policy: .builtIn())
    #expect(try detector(name).init().examine(scene).findings.isEmpty)
  }

  @Test(arguments: names, [0.0, 1, 0.97, .nan, .infinity])
  func aLevelThatNeverChangesIsNeverAnomalous(name: String, level: Double) throws {
    var shop = Scenery(minutes: 90)
    for recorded in TroubledShop.scenery().series {
      let labels = recorded.series.labels
      if Self.isState(labels) { continue }
      let times = recorded.series.times
      shop.series.append(
        RecordedSeries(
          series: Series(
            labels: labels, times: times, values: Array(repeating: level, count: times.count)),
          path: recorded.path))
    }
    shop.logs(service: "api", level: .error, { _ in 3 }, example: "ERROR as always")
    #expect(try shop.result(of: detector(name)).findings.isEmpty)
  }

  /// States are facts, not levels: these say themselves that something is broken.
  private static func isState(_ labels: LabelSet) -> Bool {
    let name = labels.metricName ?? ""
    return labels["reason"] != nil || labels["alertname"] != nil || labels["status"] != nil
      || name.hasPrefix("kube_deployment") || name.hasSuffix("_up")
  }

  @Test(arguments: names)
  func theOrderOfInputDecidesNothing(name: String) throws {
    let whole = TroubledShop.scenery().observations
    let plain = try detector(name).init().examine(
      ReplayScene(observations: whole, policy: .builtIn()))
    let mixed = try detector(name).init().examine(
      ReplayScene(observations: whole.shuffled, policy: .builtIn()))
    #expect(plain.findings == mixed.findings)
    #expect(plain.outcome == mixed.outcome)
    #expect(plain.tracks.map(\.strengths) == mixed.tracks.map(\.strengths))
  }

  @Test(arguments: names, [20, 46, 51, 55, 61, 69, 73, 85])
  func cuttingOffTheFutureChangesNothingBeforeTheCut(name: String, minute: Int) throws {
    let whole = TroubledShop.scenery().observations
    let cut = whole.cut(at: Scenery.time(Double(minute)))
    let all = try detector(name).init().examine(
      ReplayScene(observations: whole, policy: .builtIn()))
    let early = try detector(name).init().examine(
      ReplayScene(observations: cut, policy: .builtIn()))
    // Whether a source is in the bundle is known at once when it has anything in it.
    if early.isEvaluable.contains(true) {
      #expect(Array(all.isEvaluable.prefix(minute + 1)) == early.isEvaluable)
    }
    for track in early.tracks {
      let match = all.tracks.first {
        $0.entity == track.entity && $0.service == track.service
      }
      #expect(match?.strengths.prefix(minute + 1).map { $0 } == track.strengths)
    }
    func beginnings(_ findings: [Finding]) -> [String] {
      findings.filter { $0.knownAt <= cut.end }.map {
        "\($0.id) \($0.interval.start.nanoseconds) \($0.knownAt.nanoseconds)"
      }.sorted()
    }
    #expect(beginnings(all.findings) == beginnings(early.findings))
  }
}
