import Detection
import Reasoning
import Telemetry

/// What every section reads: the analysis, and the few ways in which all of them cite it.
struct ReportContext: Sendable {
  let analysis: Analysis
  let times: TimeText
  private let positions: [String: Int]

  init(_ analysis: Analysis) {
    self.analysis = analysis
    times = TimeText(window: analysis.bundle.window)
    var positions: [String: Int] = [:]
    for (index, finding) in analysis.findings.enumerated() { positions[finding.id] = index }
    self.positions = positions
  }

  /// The finding called `id`, or nil.
  func finding(_ id: String) -> Finding? {
    positions[id].map { analysis.findings[$0] }
  }

  /// `ids` as links to the evidence list, at most `limit` of them: ` ([E-1a2b3c4d](#e-1a2b3c4d))`
  /// with the blank before it, or nothing when there are none.
  func citation(_ ids: [String], limit: Int = 4) -> String {
    ids.isEmpty ? "" : " (\(links(ids, limit: limit)))"
  }

  /// `ids` as links, separated by commas.
  func links(_ ids: [String], limit: Int = 4) -> String {
    Wording.list(ids.map(link), limit: limit)
  }

  /// `id` as a link to its entry in the evidence list.
  func link(_ id: String) -> String {
    let text = MarkdownText.escaped(id, limit: 40)
    return finding(id) == nil ? text : "[\(text)](#\(text.lowercased()))"
  }

  /// A finding's sentence with its citation.
  func sentence(_ finding: Finding) -> String {
    sentence(finding.text, citing: [finding.id])
  }

  /// `text` as one sentence that cites `ids` before its full stop; the evidence list has the whole.
  func sentence(_ text: String, citing ids: [String], limit: Int = 420) -> String {
    var escaped = MarkdownText.escaped(text, limit: limit)
    while escaped.last == "." { escaped.removeLast() }
    return "\(escaped)\(citation(ids))."
  }

  /// The lines of `body` for each incident, under a heading of its own when there are several.
  func forEachIncident(_ body: (ExplainedIncident) -> [String]) -> [String] {
    guard analysis.incidents.count > 1 else { return analysis.incidents.flatMap(body) }
    return analysis.incidents.flatMap { explained -> [String] in
      let lines = body(explained)
      let id = MarkdownText.escaped(explained.incident.id)
      return lines.isEmpty ? [] : ["### \(id)", ""] + lines + [""]
    }
  }

  /// The member findings of `incident` that concern its services, in order of start and id; all
  /// members when none does.
  func membersAtServices(of incident: Incident) -> [Finding] {
    let members = incident.findings.compactMap(finding)
    let concerned = members.filter { member in
      incident.services.contains { $0.hasSameBytes(as: member.service ?? member.entity.name) }
    }
    return concerned.isEmpty ? members : concerned
  }

  /// The member findings of `incident`, worst first; equals in order of start and id.
  func membersByStrength(of incident: Incident) -> [Finding] {
    incident.findings.compactMap(finding).sorted { left, right in
      if left.strength != right.strength { return left.strength > right.strength }
      if left.interval.start != right.interval.start {
        return left.interval.start < right.interval.start
      }
      return left.id.precedesInBytes(right.id)
    }
  }
}
