import Canonical
import Reasoning
import Telemetry

/// What the bundle does not hold; always part of a report.
struct CoverageSection: ReportSection {
  let title = "What we could not see"

  private static let shownPerCode = 6

  func body(in context: ReportContext) -> [String] {
    let coverage = context.analysis.coverage
    let losing = coverage.gaps.filter(\.losesEvidence)
    let harmless = coverage.gaps.filter { !$0.losesEvidence }
    var lines = ["Coverage: **\(coverage.verdict.rawValue)**.", ""]
    if losing.isEmpty {
      lines.append("No gap that could hide evidence is known.")
    } else {
      lines.append("\(Quantity.count(losing.count, "gap")) that may hide evidence:")
      lines += [""] + grouped(losing, context)
    }
    lines += blindDetectors(context)
    if !harmless.isEmpty {
      let codes = Self.countsByCode(harmless).map { "\($0.code) × \($0.count)" }
      lines += [
        "",
        "\(Quantity.count(harmless.count, "gap")) without loss of evidence: "
          + "\(codes.joined(separator: ", ")). `\(ToolIdentity.name) inspect` says why for each.",
      ]
    }
    return lines
  }

  private func grouped(_ gaps: [CoverageGap], _ context: ReportContext) -> [String] {
    Self.countsByCode(gaps).flatMap { code, _ -> [String] in
      let members = gaps.filter { $0.code.rawValue == code }
      let rest = members.count - Self.shownPerCode
      return members.prefix(Self.shownPerCode).map { "- \(text($0, context))" }
        + (rest > 0 ? ["- `\(code)`: \(rest) more, see `analysis.json`"] : [])
    }
  }

  private func text(_ gap: CoverageGap, _ context: ReportContext) -> String {
    let range = gap.range.map { ", \(context.times.interval($0.start, $0.end))" } ?? ""
    return "`\(gap.code.rawValue)` \(gap.source.rawValue), "
      + "\(MarkdownText.code(gap.subject, limit: 160))\(range): "
      + MarkdownText.escaped(gap.detail, limit: 300)
  }

  private func blindDetectors(_ context: ReportContext) -> [String] {
    let blind = context.analysis.detectors.filter { $0.state == .insufficientData }
    guard !blind.isEmpty else { return [] }
    return ["", "Detectors without enough data:", ""]
      + blind.map {
        "- \(MarkdownText.code($0.detector, limit: 64)): \(MarkdownText.escaped($0.reason))"
      }
  }

  /// How often each code occurs, in order of first occurrence.
  static func countsByCode(_ gaps: [CoverageGap]) -> [(code: String, count: Int)] {
    var counts: [(code: String, count: Int)] = []
    for gap in gaps {
      if let index = counts.firstIndex(where: { $0.code == gap.code.rawValue }) {
        counts[index].count += 1
      } else {
        counts.append((gap.code.rawValue, 1))
      }
    }
    return counts
  }
}
