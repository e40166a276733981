import Foundation
import Policies
import Testing

@Suite("The redaction policy")
struct RedactionPolicyTests {
  @Test("in the tool is the one in policies/")
  func builtInIsFile() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("policies")
    let file = try RedactionPolicy.load(directory: folder.path)
    #expect(RedactionPolicy.builtIn() == file, "run tools/embed-policies")
  }

  @Test("names every mistake at once, with its line")
  func namesEveryMistake() {
    let text = """
      {"harmlessValues": {"pattern": "x", "reason": "r"},
       "rules": [
        {"id": "Bad Id", "description": "d", "keywords": ["a"], "pattern": "a"},
        {"id": "two", "description": "d", "pattern": "a", "key": "b"},
        {"id": "three", "description": "d", "keywords": ["a"], "patern": "a"},
        {"id": "four", "description": "d", "keywords": ["a"], "pattern": "a",
         "check": {"kind": "entropy", "bitsPerCharacter": 3, "minimumLength": 8}}]}
      """
    #expect {
      try RedactionPolicy(files: PolicyFiles([("redaction.json", text)]))
    } throws: { error in
      let lines = "\(error)".split(separator: "\n").map(String.init)
      return lines.contains { $0.contains(":3:") && $0.contains("id must be") }
        && lines.contains { $0.contains(":4:") && $0.contains("exactly one of") }
        && lines.contains { $0.contains(":5:") && $0.contains("unknown key") }
        && lines.contains { $0.contains("reason") }
    }
  }
}
