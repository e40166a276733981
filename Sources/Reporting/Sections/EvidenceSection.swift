import Canonical
import Detection
import Reasoning
import Telemetry

/// The evidence list: every finding that the report cites, and the strongest others.
struct EvidenceSection: ReportSection {
  let title = "Evidence"

  /// Entries shown when fewer are cited.
  private static let target = 40

  /// The anchors that other sections link to, such as `e-1a2b3c4d`.
  private let cited: Set<String>

  /// - Parameter body: The lines of all other sections.
  init(citedIn body: [String]) {
    cited = Set(body.flatMap(Self.anchors))
  }

  func body(in context: ReportContext) -> [String] {
    let findings = context.analysis.findings
    let shown = shownFindings(findings)
    guard !findings.isEmpty else { return ["No detector found anything."] }
    let rest = findings.filter { !shown.contains($0.id) }
    return findings.filter { shown.contains($0.id) }.flatMap { entry($0, context) }
      + restLines(rest)
  }

  private func shownFindings(_ findings: [Finding]) -> Set<String> {
    var shown = Set(findings.map(\.id).filter { cited.contains($0.lowercased()) })
    let others = findings.enumerated().sorted { left, right in
      left.element.strength != right.element.strength
        ? left.element.strength > right.element.strength : left.offset < right.offset
    }
    for (_, finding) in others where shown.count < Self.target { shown.insert(finding.id) }
    return shown
  }

  private func entry(_ finding: Finding, _ context: ReportContext) -> [String] {
    let id = MarkdownText.escaped(finding.id, limit: 40)
    let entity = MarkdownText.escaped(Wording.entity(finding.entity), limit: 200)
    let interval = context.times.interval(
      finding.interval.start, finding.isOpen ? nil : finding.interval.end)
    let baseline = finding.baseline.map { ", baseline \(number($0, finding))" } ?? ""
    return [
      "- <a id=\"\(id.lowercased())\"></a>**\(id)** \(MarkdownText.escaped(finding.detector)), "
        + "\(entity), \(interval): \(MarkdownText.escaped(finding.text))",
      "  Value \(number(finding.value, finding))\(baseline). "
        + "In the bundle: \(MarkdownText.code(finding.locator.path, limit: 200)), "
        + MarkdownText.code(finding.locator.detail, limit: 240),
    ]
  }

  private func number(_ value: Double, _ finding: Finding) -> String {
    MarkdownText.escaped(Quantity.text(value, unit: finding.unit), limit: 80)
  }

  private func restLines(_ rest: [Finding]) -> [String] {
    guard !rest.isEmpty else { return [] }
    let names = Set(rest.map(\.detector)).sorted { $0.precedesInBytes($1) }
    let counts = names.map { name in
      "\(MarkdownText.escaped(name, limit: 64)) × \(rest.filter { $0.detector == name }.count)"
    }
    return [
      "",
      "\(Quantity.count(rest.count, "weaker finding")) not cited here, in `analysis.json`: "
        + "\(counts.joined(separator: ", ")).",
    ]
  }

  /// The targets of the links `](#e-…)` in one line.
  private static func anchors(in line: String) -> [String] {
    let bytes = Array(line.utf8)
    let opening = Array("](#e-".utf8)
    var anchors: [String] = []
    var index = 0
    while index + opening.count <= bytes.count {
      guard bytes[index..<index + opening.count].elementsEqual(opening),
        let end = bytes[index...].firstIndex(of: UInt8(ascii: ")"))
      else {
        index += 1
        continue
      }
      anchors.append(String(decoding: bytes[index + 3..<end], as: UTF8.self))
      index = end
    }
    return anchors
  }
}
