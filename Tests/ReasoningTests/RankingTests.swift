import Telemetry
import Testing

@testable import Detection
@testable import Reasoning

@Suite("Ranking of suspects")
struct RankingTests {
  /// `mill` leaks after a rollout and is killed; `bakery` calls it; `florist` was rolled out just
  /// before the trouble and is fine.
  static func leak(
    mill: String = "mill", bakery: String = "bakery", florist: String = "florist"
  ) -> Town {
    var town = Town(services: [mill, bakery, florist], calls: [(bakery, mill), (florist, bakery)])
    town.failingCalls = [(bakery, mill, 100)]
    town.find(.amend, mill, "\(mill): rolled out image 1 to 2", from: 60, to: 61, strength: 0)
    town.find(.amend, florist, "\(florist): rolled out image 7 to 8", from: 96, to: 97, strength: 0)
    town.find(
      .failure, mill, "\(mill)-0 was OOMKilled 4 times", from: 100, detector: "container-restart",
      pod: 0)
    town.find(
      .failure, mill, "\(mill)-1 was OOMKilled 3 times", from: 104, detector: "container-restart",
      pod: 1)
    town.find(.error, bakery, "\(bakery) burns 40 times its budget", from: 103)
    town.declareIncident(from: 100, services: [bakery])
    return town
  }

  @Test("a service that crashes leads; its caller and a healthy rollout do not")
  func crashBeatsDecoy() throws {
    let hypotheses = Self.leak().hypotheses
    let first = try #require(hypotheses.first)
    #expect(first.entity == Entity(kind: .service, namespace: "town", name: "mill"))
    #expect(first.service == "mill")
    #expect(first.cause == "memory-leak-oom")
    #expect(first.label == .possible)
    #expect(first.confidence <= 0.6)
    #expect(first.supporting.contains("E-3"))
    #expect(first.supporting.contains("E-1"))
    let decoy = try #require(hypotheses.first { $0.entity.name == "florist" })
    #expect(decoy.contradicting == ["E-2"])
    #expect(decoy.label == .inconclusive)
    let caller = try #require(hypotheses.first { $0.entity.name == "bakery" })
    #expect(caller.reason.contains("Its own calls to mill fail"))
    #expect(caller.contradicting.contains("E-3"))
  }

  @Test("the reason of the lead quotes findings with their numbers")
  func reasonQuotes() {
    let reason = Self.leak().hypotheses[0].reason
    #expect(reason.contains("mill-0 was OOMKilled 4 times."))
    #expect(reason.contains("Its trouble began 40m later."))
  }

  @Test("a callee that three callers name leads them although it shows nothing itself")
  func namedCallee() throws {
    var town = Town(services: ["vault", "a", "b", "c"])
    town.calls = [("a", "vault"), ("b", "vault"), ("c", "vault")]
    town.failingCalls = town.calls.map { ($0.caller, $0.callee, 90) }
    for name in ["a", "b", "c"] {
      town.find(.error, name, "\(name): calls to vault: connection refused", from: 91)
    }
    town.declareIncident(from: 91, services: ["a", "b", "c"])
    let first = try #require(town.hypotheses.first)
    #expect(first.entity.name == "vault")
    #expect(first.cause == "dependency-unavailable")
    #expect(first.label == .possible)
    #expect(first.reason.contains("50.0% of the calls from a to vault failed"))
    #expect(first.reason.contains("2 more callers of vault report failing calls."))
  }

  @Test("an address in error lines leads to the service behind it")
  func addressInLines() throws {
    var town = Town(services: ["vault", "a"])
    town.logLines = [("a", 95, "dial tcp 10.9.0.1:6379: connect: connection refused")]
    town.find(.error, "a", "a logs 90 error lines a minute", from: 94)
    town.declareIncident(from: 94, services: ["a"])
    let first = try #require(town.hypotheses.first)
    #expect(first.entity.name == "vault")
    #expect(first.reason == "Error lines of a name vault.")
    #expect(first.label == .inconclusive, "one caller alone is hearsay")
  }

  @Test("a host outside that error lines try to reach is held responsible as external")
  func externalHost() throws {
    var town = Town(services: ["a", "b"])
    let line = #"Post "https://pay.example.com/v1": dial tcp 52.1.2.3:443: i/o timeout"#
    town.logLines = [("a", 95, line), ("b", 95, line)]
    town.find(.error, "a", "a fails", from: 94)
    town.find(.error, "b", "b fails", from: 94)
    town.declareIncident(from: 94, services: ["a", "b"])
    let first = try #require(town.hypotheses.first)
    #expect(first.entity.kind == .external)
    #expect(["pay.example.com", "52.1.2.3"].contains(first.entity.name))
    #expect(["external-dependency", "slow-dependency"].contains(first.cause))
  }

  @Test("the one service that all failing services depend on is suspected")
  func sharedDependency() throws {
    var town = Town(services: ["store", "a", "b", "cache"])
    town.calls = [("a", "store"), ("b", "store"), ("a", "cache")]
    town.find(.error, "a", "a: connection pool exhausted", from: 90)
    town.find(.error, "b", "b: connection pool exhausted", from: 91)
    town.find(
      .error, "store", "store logs: remaining connection slots are reserved", from: 92)
    town.declareIncident(from: 90, services: ["a", "b"])
    let first = try #require(town.hypotheses.first)
    #expect(first.entity.name == "store")
    #expect(first.cause == "connection-exhaustion")
    #expect(first.label == .possible)
  }

  @Test("a full pool of connections is explained by the server that gives none")
  func fullPool() throws {
    var town = Town(services: ["store", "a"], calls: [("a", "store")])
    town.find(.saturation, "a", "a-0 pool: 20 of 20 connections in use", from: 90)
    town.find(.error, "store", "store logs: remaining connection slots are reserved", from: 92)
    town.declareIncident(from: 90, services: ["a"])
    #expect(town.hypotheses[0].entity.name == "store")
    let caller = try #require(town.hypotheses.first { $0.entity.name == "a" })
    #expect(caller.reason.contains("It depends on store: store logs"))
  }

  @Test("an alert is no evidence of its own")
  func alerts() {
    var town = Town(services: ["a", "b"])
    town.find(.failure, "a", "alert ADown fired", from: 90, strength: 1, detector: "alert")
    town.find(.failure, "b", "b crashed 5 times", from: 90)
    town.declareIncident(from: 90, services: ["a", "b"])
    #expect(town.hypotheses.map(\.entity.name) == ["b"])
  }

  @Test("a changed configuration and refused connections are a bad configuration")
  func badConfiguration() {
    var town = Town(services: ["store", "a", "b"], calls: [("a", "store"), ("b", "store")])
    town.failingCalls = [("a", "store", 91), ("b", "store", 91)]
    town.find(
      .amend, "store", "store: rollout of revision 3: same images, changed pod template",
      from: 90, to: 91, strength: 0)
    town.find(.failure, "store", "Readiness probe failed: connection refused", from: 91, pod: 0)
    town.find(.error, "a", "a: dial failed: connection refused", from: 92)
    town.declareIncident(from: 91, services: ["a", "b"])
    #expect(town.hypotheses[0].entity.name == "store")
    #expect(town.hypotheses[0].cause == "bad-config")
  }

  @Test("a surge from outside leads when nothing was changed, and explains saturation")
  func surge() throws {
    var town = Town(services: ["gate", "shop"], calls: [("gate", "shop")])
    town.find(
      .anomaly, "gate", "gate: traffic rose to 500 requests/s, 5 times the usual 100", from: 88,
      detector: "traffic", value: 500, baseline: 100)
    town.find(.saturation, "shop", "shop is throttled 60% of the time", from: 92)
    town.find(.error, "gate", "gate burns 20 times its budget", from: 93)
    town.declareIncident(from: 92, services: ["gate", "shop"])
    let first = try #require(town.hypotheses.first)
    #expect(first.entity == Entity(kind: .external, name: "external"))
    #expect(first.cause == "traffic-surge")
    #expect(first.reason.contains("None of the 2 affected services was changed"))
    let shop = try #require(town.hypotheses.first { $0.entity.name == "shop" })
    #expect(shop.reason.contains("Its load rose from outside"))
  }

  @Test("what has only symptoms stays inconclusive")
  func symptomsOnly() {
    var town = Town(services: ["a"])
    town.find(.error, "a", "a burns 20 times its budget", from: 90)
    town.declareIncident(from: 90, services: ["a"])
    #expect(town.hypotheses.map(\.label) == [.inconclusive])
    #expect(town.hypotheses[0].cause == "slow-burn-errors")
  }

  @Test("an incident without any evidence still has a first hypothesis")
  func nothing() {
    var town = Town(services: ["a"])
    town.declareIncident(from: 90, services: ["a"])
    let first = town.hypotheses[0]
    #expect(first.rank == 1)
    #expect(first.cause == "unknown")
    #expect(first.label == .inconclusive)
    #expect(first.confidence == 0)
  }

  @Test("trouble that was over before the incident speaks against an entity")
  func recovered() throws {
    var town = Town(services: ["a", "b"])
    town.find(.failure, "a", "a restarted once", from: 50, to: 55)
    town.find(.failure, "b", "b crashed 5 times", from: 90)
    town.declareIncident(from: 90, services: ["b"])
    #expect(town.hypotheses[0].entity.name == "b")
    let a = try #require(town.hypotheses.first { $0.entity.name == "a" })
    #expect(a.contradicting == ["E-1"])
    #expect(a.reason.contains("had recovered by"))
  }

  @Test("a single restart is a hiccup: it neither leads nor keeps a symptom from being explained")
  func hiccup() throws {
    var town = Town(services: ["a", "b"], calls: [("a", "b")])
    town.failingCalls = [("a", "b", 90)]
    town.find(.failure, "a", "a-0 restarted once", from: 80, to: 100, strength: 0.15, pod: 0)
    town.find(.error, "a", "a burns 20 times its budget", from: 91)
    town.declareIncident(from: 90, services: ["a"])
    #expect(town.hypotheses[0].entity.name == "b")
    let a = try #require(town.hypotheses.first { $0.service == "a" })
    #expect(a.reason.contains("Its own calls to b fail"))
  }

  @Test("a change after detection is an answer to the incident and no cause")
  func answer() {
    var town = Town(services: ["a"])
    town.find(.failure, "a", "a crashed 5 times", from: 90)
    town.find(.amend, "a", "a: rollout of revision 8", from: 110, to: 111, strength: 0)
    town.find(.saturation, "a", "a: memory at 99 %", from: 120)
    town.declareIncident(from: 90, services: ["a"])
    #expect(!town.hypotheses[0].supporting.contains("E-2"))
  }

  @Test("evidence from before the lookback does not count")
  func lookback() {
    var town = Town(services: ["a", "b"])
    town.find(.failure, "a", "a restarted once", from: 10, to: 20)
    town.find(.failure, "b", "b crashed 5 times", from: 100)
    town.declareIncident(from: 100, services: ["b"])
    #expect(town.hypotheses.map(\.entity.name) == ["b"])
  }

  @Test("300 findings that say the same weigh as much as one")
  func factsCountOnce() {
    var town = Town(services: ["loud", "dead"])
    for minute in 0..<60 as Range<Int64> {
      town.find(.error, "loud", "loud logs errors", from: 90 + minute, to: 91 + minute, strength: 1)
    }
    town.find(.failure, "dead", "dead crashed 5 times", from: 90)
    town.declareIncident(from: 90, services: ["loud", "dead"])
    #expect(town.hypotheses[0].entity.name == "dead")
  }

  @Test("one pod of several is named when only that one fails")
  func onePod() {
    var town = Town(services: ["a"])
    town.find(.failure, "a", "a-1 crashed 5 times, exit code 1", from: 90, pod: 1)
    town.declareIncident(from: 90, services: ["a"])
    #expect(town.hypotheses[0].entity == Entity(kind: .pod, namespace: "town", name: "a-1"))
    #expect(town.hypotheses[0].nextChecks.contains { $0.contains("logs a-1") })
  }

  @Test("names that are not safe in a shell are never put into a command")
  func unsafeNames() {
    let name = "a;reboot"
    var town = Town(services: [name])
    town.find(.failure, name, "it was OOMKilled", from: 90)
    town.declareIncident(from: 90, services: [name])
    #expect(town.hypotheses[0].nextChecks.allSatisfy { !$0.contains("reboot") })
    #expect(!town.hypotheses[0].nextChecks.isEmpty)
  }

  @Test("the detectors that are treated in a way of their own exist under these names")
  func detectorNames() {
    #expect(CaseFile.alertDetector == AlertFiring.name)
    #expect(CaseFile.trafficDetector == Traffic.name)
  }

  @Test("the order of the input changes nothing")
  func shuffled() {
    let town = Self.leak()
    let reversed = town.analysis(reversing: true)
    #expect(reversed.incidents == town.analysis.incidents)
    #expect(reversed.chronicle == town.analysis.chronicle)
    #expect(reversed.findings == town.analysis.findings)
  }

  @Test("other names give the same ranks, causes and confidences")
  func twin() {
    let names = ["mill": "zz9", "bakery": "aa1", "florist": "mm5"]
    let twin = Self.leak(mill: "zz9", bakery: "aa1", florist: "mm5").hypotheses
    let original = Self.leak().hypotheses
    #expect(original.map { names[$0.entity.name] } == twin.map(\.entity.name))
    #expect(original.map(\.cause) == twin.map(\.cause))
    #expect(original.map(\.confidence) == twin.map(\.confidence))
    #expect(original.map(\.label) == twin.map(\.label))
  }
}
