import Foundation
import Testing

@Suite struct LayoutTests {
  @Test func `the top level holds what it should and nothing else`() {
    let expected: Set = [
      "LICENSE", "Package.swift", "README.md", "Sources", "Tests", "fixtures", "policies",
      "samples", "tools",
    ]
    let madeByTools: Set = ["Package.resolved", "out"]
    let found = Set(Repository.names(in: ".").filter { !$0.hasPrefix(".") })
    #expect(found.subtracting(madeByTools) == expected)
  }

  @Test(arguments: ["setup", "demo", "test", "check", "bench"])
  func `each tool is executable`(tool: String) {
    #expect(FileManager.default.isExecutableFile(atPath: Repository.path("tools/\(tool)")))
  }

  @Test func `the folder of recorded incidents holds incidents with expectations only`() {
    for slug in RecordedIncident.slugs {
      #expect(
        Repository.names(in: "fixtures/incidents/\(slug)") == ["expect.json", "export.tar.gz"],
        "fixtures/incidents/\(slug)")
    }
  }
}
