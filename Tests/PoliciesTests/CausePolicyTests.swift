import Policies
import Testing

@Suite("List of causes")
struct CausePolicyTests {
  @Test("the built-in list holds every cause that users script against, the unknown one last")
  func complete() {
    let names = Policy.builtIn().causes.causes.map(\.name)
    #expect(CausePolicy.requiredCauses.count == 31)
    #expect(CausePolicy.requiredCauses.allSatisfy(names.contains))
    #expect(names.last == "unknown")
  }

  @Test("a file keeps what it does not state")
  func partial() throws {
    let files = PolicyFiles([
      (
        "causes.json",
        #"{"wording": {"failure": {"terms": ["boom"], "reason": "x"}, "saturation": {"terms": "#
          + #"["full"], "reason": "x"}, "symptom": {"terms": ["alas"], "reason": "x"}}}"#
      )
    ])
    let policy = try Policy(files: files, over: .builtIn()).causes
    #expect(policy.wording.failure == ["boom"])
    #expect(policy.causes == Policy.builtIn().causes.causes)
  }

  @Test(
    "mistakes are named with their place",
    arguments: [
      (#"{"causes": [], "colour": 1}"#, "unknown key"),
      (#"{"causes": []}"#, "has no cause memory-leak-oom"),
      (cause(command: "kubectl delete pod {pod}"), "must be read-only"),
      (cause(command: "kubectl get pods; reboot"), "no shell syntax"),
      (cause(command: "kubectl get pods {colour}"), "no shell syntax"),
      (cause(requires: "[]"), "would fit every incident"),
      (cause(requires: #"[{"points": 5}]"#), "must name sorts of evidence or terms"),
      (cause(requires: #"[{"evidence": ["gossip"], "points": 5}]"#), "must be one of failure"),
      (#"{"ranking": {"failure": {"value": 40, "unit": "euros", "reason": "x"}}}"#, "points"),
    ])
  func mistakes(text: String, expected: String) {
    let error = #expect(throws: PolicyError.self) {
      try Policy(files: PolicyFiles([("causes.json", text)]), over: .builtIn())
    }
    #expect(error?.problems.contains { $0.reason.contains(expected) } == true)
    #expect(error?.problems.allSatisfy { $0.file == "causes.json" } == true)
  }

  static func cause(
    command: String = "kubectl get pods", requires: String = #"[{"terms": ["x"], "points": 5}]"#
  ) -> String {
    #"{"causes": [{"name": "x", "title": "x", "description": "x", "requires": \#(requires), "#
      + #""supports": [], "expects": [], "checks": [{"command": "\#(command)", "tells": "x"}], "#
      + #""refutedBy": "x"}]}"#
  }
}
