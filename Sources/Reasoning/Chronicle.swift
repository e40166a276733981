import Canonical
import Detection
import Policies
import Telemetry

/// Tells what happened when, in few enough lines to be read.
///
/// Findings that say the same about the same entity are one line with a count; changes are never
/// joined, since the second may be the repair of the first. Lines of one moment stand cause first.
/// Of more lines than the limit the least important are left out, and the last line says how many.
struct Chronicle {
  /// Lines at most.
  let limit: Int

  /// The lines in order of time, kind and text.
  func entries(
    findings: [Finding], incidents: [ExplainedIncident], alerts: [AlertRecord]
  ) -> [ChronicleEntry] {
    let cited = Set(incidents.flatMap(\.hypotheses).flatMap { $0.supporting + $0.contradicting })
    let told = findings.filter { $0.detector != CaseFile.alertDetector }
    var lines = incidents.flatMap { marks(of: $0.incident, findings) }
    lines += Self.groups(of: alerts).map(Self.line)
    lines += stories(in: told).flatMap { story in
      self.lines(of: story, isCited: story.contains { cited.contains($0.id) })
    }
    let kept = lines.sorted(by: Self.isMoreImportant).prefix(limit)
    let left = lines.sorted(by: Self.isMoreImportant).dropFirst(limit)
    let entries = kept.sorted(by: Self.precedes).map(\.entry)
    guard !left.isEmpty, let last = entries.last else { return entries }
    let rest = ChronicleEntry(
      time: last.time, kind: .finding,
      text: "\(left.count) less important line\(left.count == 1 ? " is" : "s are") left out.",
      evidence: Array(left.flatMap(\.entry.evidence).prefix(3)))
    return entries + [rest]
  }

  /// Findings that say the same about the same entity, each group in order of time.
  private func stories(in findings: [Finding]) -> [[Finding]] {
    var indexes: [StoryKey: Int] = [:]
    var stories: [[Finding]] = []
    for finding in findings {
      let key = StoryKey(finding)
      if finding.kind != .amend, let index = indexes[key] {
        stories[index].append(finding)
      } else {
        indexes[key] = stories.count
        stories.append([finding])
      }
    }
    return stories
  }

  private func lines(of story: [Finding], isCited: Bool) -> [Line] {
    let first = story[0]
    let isChange = first.kind == .amend
    let strongest = story.map(\.strength).max() ?? 0
    let importance = (isCited ? 2 : 0) + (isChange ? 1.5 : 0) + strongest
    var text = first.text.asSentence()
    if story.count > 1, let last = story.map(\.interval.start).max() {
      text += " \(story.count - 1) more like it until \(Canonical.timeOfDay(last))."
    }
    if story.count == 1, first.peakAt - first.interval.start > .minutes(1) {
      text += " Worst at \(Canonical.timeOfDay(first.peakAt))."
    }
    let ids = story.prefix(5).map(\.id)
    let begin = Line(
      entry: ChronicleEntry(
        time: first.interval.start, kind: isChange ? .change : .finding, text: text, evidence: ids),
      importance: importance, place: Self.place(of: first))
    guard Self.endsMatter.contains(first.detector),
      story.allSatisfy({ !$0.isOpen && !$0.interval.isEmpty }),
      let end = story.map(\.interval.end).max()
    else { return [begin] }
    let over = Line(
      entry: ChronicleEntry(
        time: end, kind: .finding, text: "\(first.entity.name): \(first.detector) is over.",
        evidence: ids),
      importance: importance - 1.5, place: 8)
    return [begin, over]
  }

  /// Detectors whose end says that users, or those who serve them, were well again.
  private static let endsMatter = ["slo-burn", "pod-unavailable", "service-down", "node-condition"]

  /// Where a finding stands among others of one moment.
  private static func place(of finding: Finding) -> Int {
    switch finding.kind {
    case .amend: 0
    case .failure: 1
    case .saturation: 2
    case .error: 3
    case .anomaly: 4
    }
  }

  private func marks(of incident: Incident, _ findings: [Finding]) -> [Line] {
    let ids = Set(incident.findings)
    let members = findings.filter { finding in
      ids.contains(finding.id)
        && incident.services.contains { $0.hasSameBytes(as: finding.service ?? "") }
    }
    func mark(_ time: Timestamp?, _ text: String) -> Line? {
      guard let time else { return nil }
      let current = members.filter { $0.interval.start <= time && time <= $0.interval.end }
      let evidence = (current.isEmpty ? members : current).sorted { left, right in
        left.strength != right.strength
          ? left.strength > right.strength : left.id.precedesInBytes(right.id)
      }.prefix(3).map(\.id)
      return Line(
        entry: ChronicleEntry(time: time, kind: .incident, text: text, evidence: Array(evidence)),
        importance: 10, place: 7)
    }
    let peak = Canonical.text(incident.peakScore, decimals: 1)
    return [
      mark(incident.startedAt, "Incident \(incident.id) began: \(incident.severity.rawValue)."),
      mark(incident.detectedAt, "There was enough data to call it an incident."),
      mark(incident.peakAt, "The score was highest: \(peak)."),
      mark(incident.endedAt, "No service was affected any more; incident \(incident.id) was over."),
    ].compactMap { $0 }
  }

  /// Alerts of one name and severity, each group in order of first firing.
  private static func groups(of alerts: [AlertRecord]) -> [[AlertRecord]] {
    var groups: [[AlertRecord]] = []
    for alert in alerts {
      let index = groups.firstIndex {
        $0[0].name.hasSameBytes(as: alert.name) && $0[0].severity.hasSameBytes(as: alert.severity)
      }
      if let index { groups[index].append(alert) } else { groups.append([alert]) }
    }
    return groups
  }

  private static func line(_ group: [AlertRecord]) -> Line {
    let first = group[0]
    let severity = first.severity.isEmpty ? "" : " (\(first.severity))"
    var subjects: [String] = []
    for subject in group.map(subject) where !subject.isEmpty && !subjects.contains(subject) {
      subjects.append(subject)
    }
    let named = subjects.prefix(3).joined(separator: ", ")
    let more = subjects.count > 3 ? " and \(subjects.count - 3) more" : ""
    let last = group.map(\.lastFiring).max() ?? first.lastFiring
    let text =
      "Alert \(first.name)\(severity) fired\(named.isEmpty ? "" : " for \(named)\(more)") "
      + "until \(Canonical.timeOfDay(last))."
    let evidence = group.prefix(5).map(\.evidence).filter { !$0.isEmpty }
    return Line(
      entry: ChronicleEntry(
        time: first.firstFired, kind: .alert, text: text, evidence: Array(evidence)),
      importance: 2.5, place: 6)
  }

  /// What an alert is about, by the most particular of the usual labels.
  private static func subject(of alert: AlertRecord) -> String {
    ["pod", "deployment", "statefulset", "daemonset", "service", "node", "instance"].lazy
      .compactMap { alert.labels[$0] }.first ?? ""
  }

  private static func isMoreImportant(_ left: Line, _ right: Line) -> Bool {
    left.importance != right.importance
      ? left.importance > right.importance : precedes(left, right)
  }

  private static func precedes(_ first: Line, _ second: Line) -> Bool {
    let (left, right) = (first.entry, second.entry)
    if left.time != right.time { return left.time < right.time }
    if first.place != second.place { return first.place < second.place }
    if !left.text.hasSameBytes(as: right.text) { return left.text.precedesInBytes(right.text) }
    return left.evidence.lexicographicallyPrecedes(right.evidence)
  }
}

private struct Line {
  let entry: ChronicleEntry
  let importance: Double
  /// Where it stands among lines of one moment, causes first.
  let place: Int
}

/// What makes two findings the same story: detector, kind, entity, and the text but for numbers.
private struct StoryKey: Hashable {
  let detector: String
  let kind: FindingKind
  let entity: Entity
  let text: String

  init(_ finding: Finding) {
    detector = finding.detector
    kind = finding.kind
    entity = finding.entity
    text = finding.text.filter { !$0.isNumber }
  }
}
