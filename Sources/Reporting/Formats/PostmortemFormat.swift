import Reasoning

/// `report.md`: the post-incident report, or the short report that there was no incident.
///
/// Every claim cites findings, every citation links to the evidence list, and what only people can
/// know is a prompt marked TODO.
struct PostmortemFormat: ReportFormat {
  let fileName = "report.md"

  func bytes(of analysis: Analysis) -> [UInt8] {
    let context = ReportContext(analysis)
    var lines = HeaderSection().lines(in: context)
    for section in Self.sections(for: analysis.verdict) {
      lines += Self.lines(of: section, in: context)
    }
    lines += Self.lines(of: EvidenceSection(citedIn: lines), in: context)
    lines += Self.lines(of: ReproduceSection(), in: context)
    while lines.last == "" { lines.removeLast() }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// The sections between title and evidence list, in order.
  private static func sections(for verdict: Verdict) -> [any ReportSection] {
    switch verdict {
    case .incident:
      [
        SummarySection(), ImpactSection(), VerdictSection(), FactorsSection(), DetectionSection(),
        RecoverySection(), ChronicleSection(), ScoreSection(), HypothesesSection(),
        CoverageSection(), ChecksSection(), LessonsSection(), ActionsSection(), UpdateSection(),
      ]
    case .noIncident:
      [
        SummarySection(), ScoreSection(), LookedAtSection(), BenignSection(), CoverageSection(),
      ]
    case .inconclusive:
      [
        SummarySection(), CaptureNextSection(), ScoreSection(), LookedAtSection(),
        BenignSection(), HypothesesSection(), CoverageSection(),
      ]
    }
  }

  private static func lines(of section: any ReportSection, in context: ReportContext) -> [String] {
    var body = section.body(in: context)
    while body.last == "" { body.removeLast() }
    return body.isEmpty ? [] : ["## \(section.title)", ""] + body + [""]
  }
}
