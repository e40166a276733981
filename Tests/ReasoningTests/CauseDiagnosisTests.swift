import Detection
import Telemetry
import Testing

@testable import Reasoning

@Suite("Cause of a failure")
struct CauseDiagnosisTests {
  @Test(
    "is told from the words of findings",
    arguments: [
      (
        FindingKind.failure, "a-0: container a was terminated 3 times: OOMKilled", "memory-leak-oom"
      ),
      (.failure, "a-0: container a waits in ImagePullBackOff, 9 minutes", "image-pull-failure"),
      (
        .failure, #"a-0: container a waits in CreateContainerConfigError: secret "x" not found"#,
        "missing-config-object"
      ),
      (
        .failure, "Pod a-0: 9 warnings; FailedScheduling ×9: 0/3 nodes are available",
        "unschedulable"
      ),
      (.error, "a: such as: write /data/x: no space left on device", "disk-full"),
      (.error, "a: such as: lookup b on 10.0.0.10:53: no such host", "dns-failure"),
      (
        .error, "a: such as: x509: certificate has expired or is not yet valid",
        "certificate-expiry"
      ),
      (
        .error, #"a: such as: FATAL: password authentication failed for user "a""#,
        "authentication-failure"
      ),
      (.saturation, "a-0: container a throttled in 60 % of CPU periods", "cpu-throttling"),
      (.error, "a: such as: java.lang.NullPointerException", "code-exception"),
      (.failure, "Pod a-0: Evicted: node was low on resource: memory", "node-pressure"),
      (.failure, "Pod a-0: 4 warnings; FailedMount ×4: timed out", "volume-failure"),
      (.failure, "a: it just failed", "unknown"),
    ])
  func words(kind: FindingKind, text: String, cause: String) {
    var town = Town(services: ["a"])
    town.find(kind, "a", text, from: 90)
    town.declareIncident(from: 90, services: ["a"])
    #expect(town.hypotheses[0].cause == cause)
  }

  @Test(
    "after a rollout depends on what was rolled out",
    arguments: [
      ("a: rollout of revision 2: a image a:1 → a:2", "bad-deploy"),
      ("a: rollout of revision 2: same images, changed pod template", "bad-config"),
      ("a: ConfigMap town/a was changed", "bad-config"),
    ])
  func rollout(change: String, cause: String) {
    var town = Town(services: ["a"])
    town.find(.amend, "a", change, from: 88, to: 89, strength: 0)
    town.find(.failure, "a", "a-0: container a waits in CrashLoopBackOff, 9 minutes", from: 90)
    town.declareIncident(from: 90, services: ["a"])
    #expect(town.hypotheses[0].cause == cause)
  }

  @Test("a node that is not ready explains its pods and is named itself")
  func node() throws {
    var town = Town(services: ["a"])
    town.find(.error, "a", "a-0 answers no more", from: 91, pod: 0)
    town.findings.append(
      Finding(
        id: "E-N", detector: "node-condition", kind: .failure,
        entity: Entity(kind: .node, name: "node-0"), service: nil,
        interval: TimeRange(start: Town.at(90), end: Town.at(120)), knownAt: Town.at(91),
        isOpen: false, value: 30, baseline: 0, unit: "minutes", strength: 1,
        locator: Locator(path: "metrics/n.json", detail: "node-0"),
        text: "node node-0 was not ready for 30 minutes"))
    town.declareIncident(from: 90, services: ["a"])
    #expect(town.hypotheses[0].entity == Entity(kind: .node, name: "node-0"))
    #expect(town.hypotheses[0].cause == "node-not-ready")
    #expect(town.hypotheses[0].service == nil)
    #expect(town.hypotheses[1].reason.contains("It runs on node-0"))
  }
}
