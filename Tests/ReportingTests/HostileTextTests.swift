import Detection
import Foundation
import Reasoning
import Telemetry
import Testing

@testable import Reporting

/// A bundle whose every text is an attack: no output may act on it.
@Suite struct HostileTextTests {
  private static let attacks = [
    "\u{1B}]0;title\u{7}\u{1B}[2J\u{9B}31m", "<script>alert(1)</script>", "<img src=x onerror=y>",
    "![i](http://evil.example/i.png)", "[click](javascript:alert)", "` `` ``` ```\n# heading\n",
    "| cell | cell |\n|---|---|", "\u{202E}txt.exe\u{2066}", "a\u{0}b\r\nc", "@everyone #1",
    "=HYPERLINK(\"http://evil\")", "&#60;b&#62;", "--> <!-- x", "\\](#e-00000001)",
    String(repeating: "x", count: 100_000), "e\u{301}\u{301}\u{301}\u{301}",
  ]

  private static func analysis(_ attack: String) -> Analysis {
    let entity = Entity(kind: .pod, namespace: attack, name: attack)
    let at = SampleAnalysis.at
    let finding = Finding(
      id: "E-0badf00d", detector: attack, kind: .amend, entity: entity, service: attack,
      interval: TimeRange(start: at(3, 0), end: at(5, 0)), knownAt: at(4, 0), isOpen: true,
      value: .infinity, baseline: .nan, unit: attack, strength: 1,
      locator: Locator(path: attack, detail: attack), text: attack)
    let failure = Finding(
      id: "E-0badf00e", detector: attack, kind: .error, entity: entity, service: attack,
      interval: TimeRange(start: at(3, 0), end: at(5, 0)), knownAt: at(4, 0), isOpen: false,
      value: -0.0, baseline: 1e300, unit: attack, strength: 1,
      locator: Locator(path: attack, detail: attack), text: attack)
    let hypothesis = Hypothesis(
      rank: 1, label: .possible, entity: entity, service: attack, cause: attack, confidence: 0.5,
      reason: attack, supporting: ["E-0badf00d"], contradicting: [attack], missing: [attack],
      nextChecks: [attack])
    let incident = Incident(
      id: "INC-00000000", startedAt: at(3, 0), detectedAt: at(4, 0), peakAt: at(4, 0),
      peakScore: 50, endedAt: nil, severity: .major, services: [attack, attack],
      findings: ["E-0badf00d", "E-0badf00e"])
    return Analysis(
      bundle: BundleIdentity(
        id: attack, window: SampleAnalysis.window, replayedTo: at(30, 0), policyDigest: attack,
        sources: [attack], displayTimeZone: attack),
      coverage: Coverage(
        verdict: .partial,
        gaps: [
          CoverageGap(
            source: .loki, subject: attack, code: .serverError, detail: attack,
            losesEvidence: true)
        ]),
      verdict: .incident, verdictReason: attack,
      score: SampleAnalysis.score(peakMinute: 10, height: 50, missingLogs: true),
      incidents: [ExplainedIncident(incident: incident, hypotheses: [hypothesis])],
      findings: [finding, failure],
      chronicle: [
        ChronicleEntry(time: at(3, 0), kind: .finding, text: attack, evidence: ["E-0badf00d"])
      ],
      detectors: [DetectorOutcome(detector: attack, state: .insufficientData, reason: attack)],
      alerts: [
        AlertRecord(
          name: attack, labels: LabelSet([Label(name: attack, value: attack)]),
          firstFired: at(4, 0), lastFiring: at(5, 0), severity: attack, evidence: "E-0badf00e")
      ])
  }

  @Test(arguments: attacks) func markdownHasNoActiveText(attack: String) {
    for format in [PostmortemFormat(), IncidentScoreFormat()] as [any ReportFormat] {
      let text = String(decoding: format.bytes(of: Self.analysis(attack)), as: UTF8.self)
      #expect(!text.contains("<script"))
      #expect(!text.contains("<img"))
      #expect(!text.contains("!["))
      #expect(!text.contains("](http"))
      #expect(!text.contains("](javascript"))
      #expect(!text.contains("://"))
      #expect(!text.contains("\n# heading"))
      #expect(!text.contains("<!--"))
      #expect(!text.unicodeScalars.contains { $0 != "\n" && PlainText.isHidden($0) })
      #expect(text.utf8.count < 60_000)
      let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
      for row in rows { #expect(isTableRow(row), "broken row: \(row)") }
    }
  }

  @Test(arguments: attacks) func aTerminalGetsNoControlSequenceFromData(attack: String) {
    let analysis = Self.analysis(attack)
    let style = TerminalStyle.plain
    let lines =
      ReportSummary.lines(of: analysis, directory: attack, files: ["a"], style: style)
      + ScoreListing.lines(of: analysis, style: style)
      + ChronicleListing.lines(of: analysis, style: style)
    for line in lines {
      #expect(!line.unicodeScalars.contains(where: PlainText.isHidden), "in \(line)")
    }
  }

  @Test(arguments: attacks) func jsonKeepsTheTextAndSendsNoControlCharacter(attack: String) throws {
    let bytes = AnalysisJSONFormat().bytes(of: Self.analysis(attack))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.unicodeScalars.contains { $0 != "\n" && PlainText.isHidden($0) })
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let reason = try #require(document["verdictReason"] as? String)
    #expect(reason.utf8.elementsEqual(attack.utf8))
  }

  /// Whether the row has an even number of unescaped bars that fits a table of this report.
  private func isTableRow(_ row: Substring) -> Bool {
    var bars = 0
    var isEscaped = false
    for character in row.unicodeScalars {
      if character == "|", !isEscaped { bars += 1 }
      isEscaped = character == "\\" && !isEscaped
    }
    return bars == 4 || bars == 5 || bars == 6
  }
}
