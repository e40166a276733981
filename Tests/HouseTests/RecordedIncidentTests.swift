import Foundation
import Testing

@Suite struct RecordedIncidentTests {
  @Test func `there are incidents and quiet times among the recordings`() throws {
    let verdicts = try RecordedIncident.slugs.map {
      try RecordedIncident(slug: $0).expectation.verdict
    }
    #expect(Set(verdicts).isSuperset(of: ["incident", "no-incident"]))
  }

  @Test(arguments: RecordedIncident.slugs)
  func `a recorded incident is found when it happened, and nothing is found in quiet times`(
    slug: String
  ) throws {
    let recorded = try RecordedIncident(slug: slug)
    let folder = try TemporaryFolder()
    let capture = try Tool.capture.run(
      ["files", recorded.export, "-o", "x.incident.tar.gz"], in: folder)
    #expect([0, 10].contains(capture.status), "\(capture.complaint)")
    let report = try Tool.analyze.run(["report", "x.incident.tar.gz", "-o", "out"], in: folder)
    #expect(report.status == 0, "\(report.complaint)")

    let text = try Data(contentsOf: folder.url.appendingPathComponent("out/analysis.json"))
    let found = try JSONDecoder().decode(FoundAnalysis.self, from: text)
    #expect(found.verdict == recorded.expectation.verdict)
    let texts = found.findings.map(\.text)
    for part in recorded.expectation.states ?? [] {
      #expect(texts.contains { $0.contains(part) }, "no finding says: \(part)")
    }
    if let interval = recorded.expectation.incident {
      // RFC 3339 in UTC with the same precision sorts by time.
      #expect(
        found.incidents.contains {
          $0.startedAt >= interval.startsWithin[0] && $0.startedAt <= interval.startsWithin[1]
        },
        "incidents start at \(found.incidents.map(\.startedAt))")
    }
  }
}

/// The keys of `analysis.json` that are compared.
private struct FoundAnalysis: Decodable {
  var verdict: String
  var incidents: [Incident]
  var findings: [Finding]

  struct Finding: Decodable {
    var text: String
  }

  struct Incident: Decodable {
    var startedAt: String
  }
}
