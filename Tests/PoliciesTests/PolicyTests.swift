import Foundation
import Telemetry
import Testing

@testable import Policies

@Suite struct PolicyTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func theBuiltInFilesAreTheFilesOfTheFolder() throws {
    let folder = Self.root.appendingPathComponent("policies")
    let names =
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.sorted()
      + FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("rules").path
      ).map { "rules/\($0)" }.sorted()
    #expect(BuiltInPolicyText.files.map(\.name) == names, "run tools/embed-policies")
    for name in names {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      #expect(PolicyFiles.builtIn.text(of: name) == text, "run tools/embed-policies")
    }
  }

  @Test func theBuiltInPoliciesHoldTheContractsDefaults() {
    let policy = Policy.builtIn()
    #expect(policy.objectives.availability(of: "anything") == 0.995)
    #expect(policy.objectives.period == .seconds(30 * 86_400))
    #expect(policy.objectives.burnPairs.map(\.threshold) == [14.4, 6, 3, 1])
    #expect(policy.score.weights.map(\.component) == ScorePolicy.components)
    #expect(policy.score.weights.map(\.weight) == [0.9, 0.6, 0.7, 0.5, 0.35, 0.3, 0.25])
  }

  @Test func aFileThatSaysOneThingKeepsTheBuiltInRest() throws {
    let files = PolicyFiles([
      (
        "slo.json",
        """
        {"availability": {"default": 0.99, "services": {"checkout": 0.999}, "reason": "ours"}}
        """
      )
    ])
    let policy = try Policy(files: files, over: .builtIn())
    #expect(policy.objectives.availability(of: "checkout") == 0.999)
    #expect(policy.objectives.availability(of: "cart") == 0.99)
    #expect(policy.objectives.burnPairs == Policy.builtIn().objectives.burnPairs)
    #expect(policy.digest != Policy.builtIn().digest)
  }

  @Test func yamlIsReadAsWellAsJSON() throws {
    let files = PolicyFiles([
      ("slo.json", "availability:\n  default: 0.97\n  services: {}\n  reason: ours\n")
    ])
    #expect(try Policy(files: files, over: .builtIn()).objectives.defaultAvailability == 0.97)
  }

  @Test func aLabelWithoutItsValueIsRefused() throws {
    let text = """
      {"metric-anomaly": {"coded": {"value": [["dns_total", "rcode"]],
        "unit": "metric names and labels", "reason": "r"}}}
      """
    let error = #expect(throws: PolicyError.self) {
      try Policy(files: PolicyFiles([("detectors.json", text)]), over: .builtIn())
    }
    #expect(
      try #require(error).problems.map(\.description) == [
        "detectors.json:1: metric-anomaly.coded.value[0]: must be a text and label=value, found rcode"
      ])
  }

  @Test func aFileOfAnotherKindAmongTheRulesIsRefused() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("policies-\(ProcessInfo.processInfo.globallyUniqueString)")
    let rules = folder.appendingPathComponent("rules")
    try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("{}".utf8).write(to: rules.appendingPathComponent("burn.json"))
    let error = #expect(throws: PolicyError.self) { try PolicyFiles(directory: folder.path) }
    #expect(
      try #require(error).problems.map(\.description) == [
        "rules/burn.json: is no rule file; those end in .yml or .yaml"
      ])
  }

  @Test func everyMistakeIsListedAtOnceWithItsPlace() throws {
    let files = PolicyFiles([
      (
        "slo.json",
        """
        {
          "avaliability": {"default": 0.99},
          "burn": {"pairs": [{"severity": "loud", "long": "1h", "short": "5m", "threshold": 14.4}],
            "minimumCoverage": 2, "notable": 2, "reason": "r"}
        }
        """
      ),
      (
        "detectors.json",
        """
        {"memory-limit": {"rise": {"value": 0.1, "unit": "bytes", "reason": "r"}}}
        """
      ),
    ])
    let error = #expect(throws: PolicyError.self) { try Policy(files: files, over: .builtIn()) }
    #expect(
      try #require(error).problems.map(\.description) == [
        "detectors.json:1: memory-limit.rise.unit: must be one of ratio of the limit, found bytes",
        "slo.json:2: avaliability: unknown key; allowed are period, availability, burn,"
          + " requestCounters, ignoredCounters, latencyMetrics, serviceLabels",
        "slo.json:3: burn.pairs[0].severity: must be one of page, ticket, found loud",
        "slo.json:4: burn.minimumCoverage: must be a number in 0.1...1.0, found 2",
      ], "\(String(describing: error))")
  }

  @Test func aSettingNeedsItsReason() throws {
    let files = PolicyFiles([
      ("detectors.json", #"{"traffic": {"floor": {"value": 1, "unit": "requests/s"}}}"#)
    ])
    let error = #expect(throws: PolicyError.self) { try Policy(files: files, over: .builtIn()) }
    #expect(
      try #require(error).description == "detectors.json:1: traffic.floor: has no key reason")
  }

  @Test(arguments: [
    ("200", false), ("404", false), ("500", true), ("503", true), ("5xx", true), ("50", false),
    ("5000", false), ("", false), ("error", true), ("success", false),
  ])
  func anHTTPStatusTellsWhoFailed(status: String, isFailure: Bool) {
    #expect(StatusRule.http.isFailure(status) == isFailure)
  }

  // google.rpc.Code: InvalidArgument, NotFound and ResourceExhausted are the caller's.
  @Test(arguments: [
    ("OK", false), ("InvalidArgument", false), ("NotFound", false), ("ResourceExhausted", false),
    ("Internal", true), ("Unavailable", true), ("DEADLINE_EXCEEDED", true), ("14", true),
    ("5", false),
  ])
  func aGRPCCodeTellsWhoFailed(code: String, isFailure: Bool) {
    #expect(StatusRule.grpc.isFailure(code) == isFailure)
  }
}
