import Foundation
import Testing

@Suite struct RecordedIncidentTests {
  @Test func `there are incidents and quiet times among the recordings`() throws {
    let expected = try RecordedIncident.slugs.map {
      try String(contentsOfFile: RecordedIncident(slug: $0).expectations, encoding: .utf8)
    }
    for verdict in ["incident", "no-incident"] {
      #expect(expected.contains { $0.contains("\"verdict\": \"\(verdict)\"") })
    }
  }

  @Test(arguments: RecordedIncident.slugs)
  func `a recorded incident meets its expectations`(slug: String) throws {
    let recorded = RecordedIncident(slug: slug)
    let folder = try TemporaryFolder()
    let capture = try Tool.capture.run(
      ["files", recorded.export, "-o", "x.incident.tar.gz"], in: folder)
    #expect([0, 10].contains(capture.status), "\(capture.complaint)")
    let verify = try Tool.analyze.run(
      [
        "verify", "x.incident.tar.gz", "--expect", recorded.expectations, "--junit", "ci/junit.xml",
      ],
      in: folder)
    #expect(verify.status == 0, "\(verify.output)\(verify.complaint)")
    #expect(verify.output.hasSuffix("met\n"))
    let junit = try String(
      contentsOf: folder.url.appendingPathComponent("ci/junit.xml"), encoding: .utf8)
    #expect(junit.contains("failures=\"0\""))
  }

  @Test func `an expectation that is not met fails the verification and says what was found`()
    throws
  {
    let bundle = try SmallBundle()
    let folder = bundle.folder
    let expectations = folder.url.appendingPathComponent("expect.yaml")
    try "verdict: incident\nalerts: [{name: Nobody}]\n".write(
      to: expectations, atomically: true, encoding: .utf8)
    let verify = try Tool.analyze.run(
      ["verify", bundle.name, "--expect", "expect.yaml", "--junit", "junit.xml"], in: folder)
    #expect(verify.status == 1)
    #expect(
      verify.output.contains("FAILED  alerts.Nobody: expected fired, found did not fire"))
    let junit = try String(
      contentsOf: folder.url.appendingPathComponent("junit.xml"), encoding: .utf8)
    #expect(junit.contains("<failure message="))
  }
}
